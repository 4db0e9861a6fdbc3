// What a browser would never send: host names of others, header fields in header fields, ways out in paths.
import { check, same } from './report.mjs';
import { raw } from './mail.mjs';
import { Visitor } from './visitor.mjs';

const portOf = address => Number(new URL(address).port);
const statusOf = answer => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const fieldOf = (answer, name) => new RegExp(`^${name}: (.*)$`, 'mi').exec(answer.split('\r\n\r\n')[0])?.[1] ?? '';
const get = (path, host, more = '') => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`;

/** Host names that are not ours get nothing, least of all a link with them in it. */
export async function hosts(realm, isTls = true) {
  const [address, port] = [realm.origin, portOf(realm.origin)];
  const name = new URL(address).host;
  for (const host of ['evil.example', `evil.example:${port}`, `localhost.evil.example:${port}`, `evil.example#${name}`, `evil.example@${name}`, `localhost:${port}.evil.example`, '[::ffff:1.2.3.4]', '8.8.8.8']) {
    const answer = await raw(port, get('/sign-in', host), isTls);
    check('attack', `${realm.surface}: Host: ${host} is refused`, [400, 421].includes(statusOf(answer)) && !/^set-cookie/mi.test(answer) && !answer.includes('evil.example'), answer.slice(0, 300));
  }
  const requests = {
    'no Host': `GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n`,
    'two of them': `GET /sign-in HTTP/1.1\r\nHost: ${name}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    'another in the first line': `GET https://evil.example/sign-in HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
    'a line that goes on': `GET /sign-in HTTP/1.1\r\nHost: ${name}\r\n evil.example\r\nConnection: close\r\n\r\n`,
  };
  for (const [what, request] of Object.entries(requests)) {
    const answer = await raw(port, request, isTls);
    check('attack', `${realm.surface}: ${what} is refused`, [400, 421].includes(statusOf(answer)), answer.slice(0, 300));
  }
  const forwarded = 'X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http\r\nForwarded: host=evil.example\r\nX-Original-URL: /keys\r\nX-Rewrite-URL: /keys\r\n';
  for (const path of ['/', '/sign-in', '/profile.mobileconfig?address=you%40localhost']) {
    const answer = await raw(port, get(path, name, forwarded), isTls);
    check('attack', `${realm.surface}: ${path} does not believe what proxies would say`, statusOf(answer) < 500 && !answer.includes('evil.example'), answer.slice(0, 300));
  }
}

/** Line ends in an address never become header fields of the answer. */
export async function injection(realm) {
  const [port, name] = [portOf(realm.origin), new URL(realm.origin).host];
  const end = ['%0d%0aSet-Cookie:%20evil=1', '%0aSet-Cookie:%20evil=1', '%E5%98%8A%E5%98%8DSet-Cookie:%20evil=1', '\rSet-Cookie: evil=1'];
  for (const text of end) {
    for (const path of [`/${text}`, `/sign-in?done=${text}`, `/assets/${text}/site.css`, `/keys?${text}`]) {
      const answer = await raw(port, get(path, name));
      check('attack', `${realm.surface}: ${JSON.stringify(path)} adds no header field`, !/^set-cookie: *evil/mi.test(answer) && !/^evil/mi.test(answer.split('\r\n\r\n')[0]), answer.slice(0, 300));
    }
  }
  const trace = await raw(port, `TRACE /sign-in HTTP/1.1\r\nHost: ${name}\r\nCookie: a=secret\r\nConnection: close\r\n\r\n`);
  check('attack', `${realm.surface}: TRACE does not tell cookies`, statusOf(trace) >= 400 && !trace.includes('secret'), trace.slice(0, 200));
  const cors = await raw(port, `OPTIONS / HTTP/1.1\r\nHost: ${name}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n`);
  check('attack', `${realm.surface}: no other site may read`, !/^access-control-allow/mi.test(cors), cors.slice(0, 300));
  const upgrade = await raw(port, `GET / HTTP/1.1\r\nHost: ${name}\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
  check('attack', `${realm.surface}: no WebSocket is opened`, statusOf(upgrade) !== 101, upgrade.slice(0, 200));
  const smuggled = await raw(port, `POST /sign-in HTTP/1.1\r\nHost: ${name}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
  check('attack', `${realm.surface}: a request with two lengths is not two requests`, (smuggled.match(/^HTTP\/1\.1 /gm) ?? []).length <= 1, smuggled.slice(0, 300));
}

/** After signing in one is at our own first page, whatever the address said before. */
export async function redirects(browser, realm, plain) {
  const visitor = await Visitor.open(browser);
  const origin = realm.origin;
  const out = encodeURIComponent('https://evil.example/');
  for (const query of ['next', 'return', 'returnUrl', 'ReturnUrl', 'redirect', 'redirect_uri', 'url', 'continue', 'to'].map(key => `${key}=${out}`).join('&').match(/.+/g)) {
    await visitor.get(`${origin}/sign-in?${query}`);
    await visitor.page.fill('main input[name=name]', realm.user.name);
    await visitor.page.fill('main input[name=password]', realm.user.password);
    await visitor.press('main button[type=submit]');
    same('attack', `${realm.surface}: signing in leads to the first page, wherever the address wants to`, visitor.page.url(), `${origin}/`);
  }
  for (const path of ['//evil.example/', '/\\evil.example/', '/%2f%2fevil.example/', '/.//evil.example', '/keys//evil.example', '/https://evil.example/', '/%09//evil.example']) {
    for (const port of [portOf(origin), ...(plain ? [portOf(plain)] : [])]) {
      const isTls = port === portOf(origin);
      const answer = await raw(port, get(path, `localhost:${port}`), isTls);
      const location = fieldOf(answer, 'location');
      const place = location === '' ? origin : new URL(location, origin).origin;
      same('attack', `${realm.surface}: ${path} ${isTls ? 'with' : 'without'} TLS leads to nobody else`, place, origin);
    }
  }
  await visitor.close();
}

/** Forms without TLS: refused, not sent on; a password is in the open already. */
export async function withoutTls(config) {
  const port = portOf(config.plain);
  const page = await raw(port, get('/keys?a=b', `localhost:${port}`), false);
  same('attack', 'a page without TLS is sent on', [statusOf(page), fieldOf(page, 'location')], [308, `${config.origin}/keys?a=b`]);
  check('attack', 'without TLS no cookie is given', !/^set-cookie/mi.test(page));
  const form = await raw(port, `POST /sign-in HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, false);
  same('attack', 'a form without TLS is refused', statusOf(form), 405);
}
