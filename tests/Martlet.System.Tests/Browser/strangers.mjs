// Sessions that somebody takes, plants or guesses; and a second user at every address and form of the first.
import { randomBytes } from 'node:crypto';
import { check, same } from './report.mjs';
import { fieldsOf, state } from './forgery.mjs';
import { routesOf } from './routes.mjs';
import { Visitor } from './visitor.mjs';

const sessionCookie = async (visitor, realm) => (await visitor.context.cookies(realm.origin)).find(cookie => cookie.name === realm.cookie);

/** The cookie of a session: out of reach of scripts, of other sites and of the network. */
export async function cookies(browser, realm) {
  const visitor = await Visitor.open(browser);
  await visitor.get(`${realm.origin}/sign-in`);
  const before = await visitor.context.cookies(realm.origin);
  await visitor.signIn(realm.origin, realm.user.name, realm.user.password);
  const after = await visitor.context.cookies(realm.origin);
  for (const cookie of [...before, ...after]) {
    same('attack', `${realm.surface}: flags of ${cookie.name}`, [cookie.secure, cookie.httpOnly, cookie.sameSite, cookie.path, cookie.domain, cookie.expires], [true, true, 'Strict', '/', 'localhost', -1]);
    check('attack', `${realm.surface}: ${cookie.name} is held to the host by its name`, cookie.name.startsWith('__Host-'));
    check('attack', `${realm.surface}: ${cookie.name} has 256 random bits`, Buffer.from(cookie.value, 'base64url').length === 32, cookie.value.length);
  }
  same('attack', `${realm.surface}: scripts see no cookie`, await visitor.page.evaluate(() => document.cookie), '');
  same('attack', `${realm.surface}: nothing is kept in the browser otherwise`, await visitor.page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  check('attack', `${realm.surface}: the address has no token`, !visitor.page.url().includes(after.at(-1).value));
  await visitor.close();
}

/** A session that was there before signing in is not the one afterwards. */
export async function fixation(browser, realm) {
  const [attacker, victim] = [await Visitor.open(browser), await Visitor.open(browser)];
  await attacker.signIn(realm.origin, realm.second.name, realm.second.password);
  const planted = await sessionCookie(attacker, realm);
  const invented = { ...planted, value: randomBytes(32).toString('base64url') };
  for (const [what, cookie] of [['invented', invented], ["the attacker's own", planted]]) {
    await victim.context.clearCookies();
    await victim.get(`${realm.origin}/sign-in`);
    const token = await victim.token(realm.origin, '/sign-in');
    await victim.context.addCookies([cookie]);
    const response = await victim.post(`${realm.origin}/sign-in`, { 'form-token': token, name: realm.user.name, password: realm.user.password });
    const mine = await sessionCookie(victim, realm);
    check('attack', `${realm.surface}: a session that is ${what} is another one after signing in`, response.status() === 303 && mine.value !== cookie.value, response.status());
    await attacker.context.clearCookies();
    await attacker.context.addCookies([cookie]);
    await attacker.get(realm.origin + '/');
    same('attack', `${realm.surface}: and opens nothing`, attacker.page.url(), `${realm.origin}/sign-in`);
  }
  for (const value of ['', 'x', '0'.repeat(43), `${(await sessionCookie(victim, realm)).value.slice(0, -1)}_`, "' or 1=1 --", 'a'.repeat(4000)]) {
    await attacker.context.clearCookies();
    const response = await attacker.context.request.get(realm.origin + '/', { headers: { Cookie: `${realm.cookie}=${value}` }, maxRedirects: 0, failOnStatusCode: false });
    same('attack', `${realm.surface}: the cookie ${value.slice(0, 50)} is nobody`, [response.status(), response.headers().location], [303, '/sign-in']);
  }
  await attacker.close();
  await victim.close();
}

/** Without a session, and with one of the other realm: no page, no form. */
export async function outsiders(browser, realm, other) {
  const visitor = await Visitor.open(browser);
  if (other) {
    await visitor.signIn(other.origin, other.user.name, other.user.password);
    const cookie = await sessionCookie(visitor, other);
    await visitor.context.addCookies([{ ...cookie, name: realm.cookie }]);
  }
  const who = other ? `who is signed in at ${other.surface}` : 'nobody';
  for (const path of realm.found.pages.keys()) {
    if (routesOf(realm.surface, 'GET', 'SignedIn').every(route => !route.matches.test(path.split('?')[0]))) continue;
    const response = await visitor.context.request.get(realm.origin + path, { maxRedirects: 0, failOnStatusCode: false });
    same('attack', `${realm.surface}: ${path} for ${who}`, [response.status(), response.headers().location, (await response.text()).length], [303, '/sign-in', 0]);
  }
  for (const [path, forms] of realm.found.forms) {
    if (path === '/sign-in') continue;
    for (const form of forms.slice(0, 2)) {
      const response = await visitor.post(realm.origin + path, Object.fromEntries(form.fields.filter(field => field.type !== 'file').map(field => [field.name, field.value])), { multipart: form.multipart });
      same('attack', `${realm.surface}: form to ${path} for ${who}`, response.status(), 403);
    }
  }
  await visitor.close();
}

const without = (html, id) => (html.replaceAll(/name="form-token" value="[^"]*"/g, '').replaceAll(/<time.*?<\/time>/g, '')).replaceAll(new RegExp(`(?<!\\w)${id}(?!\\w)`, 'g'), 'ID');

/** A second user sends what the first one has: it is answered like what does not exist, and the first one's is as before. */
export async function secondUser(browser, realm) {
  const [first, second] = [await Visitor.open(browser), await Visitor.open(browser)];
  await first.signIn(realm.origin, realm.user.name, realm.user.password);
  await second.signIn(realm.origin, realm.second.name, realm.second.password);
  const before = await state(first, realm);
  check('second', `${realm.surface}: the first user has what could be taken`, before.includes('Fingerprint') && realm.found.forms.has('/keys/remove') && realm.found.forms.has('/sessions/end') && realm.found.forms.has('/connections/end'), [...realm.found.forms.keys()]);
  const mine = await first.page.evaluate(() => document.querySelector('.user').textContent);
  for (const path of realm.found.pages.keys()) {
    const html = await (await second.context.request.get(realm.origin + path)).text();
    check('second', `${path} shows nothing of the first user`, !html.includes(`>${mine}<`) && !/x-mark/.test(html.replaceAll(/value="[^"]*"/g, '')), mine);
  }
  for (const [path, forms] of realm.found.forms) {
    if (['/sign-in', '/sign-out', '/keys/make'].includes(path)) continue;
    for (const form of forms) {
      const fields = Object.fromEntries(fieldsOf(form));
      if (fields.id === undefined) continue;
      const nobodys = /^[0-9a-f]+$/.test(fields.id) ? randomBytes(fields.id.length).toString('hex').slice(0, fields.id.length) : randomBytes(fields.id.length).toString('base64url').slice(0, fields.id.length);
      const answers = [];
      for (const id of [fields.id, nobodys]) {
        const response = await second.post(realm.origin + path, { ...fields, id, name: 'mine now', account: realm.user.name, address: realm.user.name, 'form-token': await second.token(realm.origin) });
        answers.push([response.status(), without(await response.text(), id)]);
      }
      same('second', `${path} with the first user's id is answered as with nobody's`, answers[0], answers[1]);
      check('second', `${path} with the first user's id is refused`, answers[0][0] >= 400 || !/is ended|is removed|is changed/.test(answers[0][1]), answers[0][0]);
    }
  }
  const token = await second.token(realm.origin);
  for (const [path, fields] of [['/name', { name: 'taken' }], ['/password', { current: realm.user.password, password: 'taken over it', again: 'taken over it' }], ['/extensions', {}], ['/sessions/end-others', {}], ['/transfer/stop', {}],
    ['/keys/make', { name: 'taken', address: realm.user.name, kind: 'p256', 'file-kind': 'pem', preauth: 'on', current: realm.second.password }],
    ['/keys/add', { name: 'taken', address: realm.user.name, pem: realm.certificate, preauth: 'on', current: realm.second.password }]]) {
    const response = await second.post(realm.origin + path, { ...fields, account: realm.user.name, user: realm.user.name, 'form-token': token });
    check('second', `${path} with the first user's name does nothing for the first user`, path.startsWith('/keys') || path === '/password' ? response.status() === 400 : response.status() < 500, response.status());
  }
  await first.get(realm.origin + '/');
  same('second', 'everything of the first user is as before, and signed in', [await state(first, realm), first.page.url()], [before, realm.origin + '/']);
  await first.close();
  await second.close();
}
