// Two sites of somebody else: one on another site altogether, and one on another port of the same host, to which browsers send "strict" cookies too.
import http from 'node:http';
import https from 'node:https';
import { makeKey } from './hostile.mjs';

const quote = text => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Pages: a form that sends itself, and a frame around something. */
function answer(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const target = url.searchParams.get('target') ?? '';
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  // What a page of ours would tell it, if it could be made to.
  if (url.pathname === '/frame') {
    response.end(`<!DOCTYPE html><title>x</title><iframe id="victim" width="800" height="600" src="${quote(target)}"></iframe>`);
    return;
  }
  const fields = JSON.parse(url.searchParams.get('fields') ?? '[]');
  const inputs = fields.map(([name, value]) => `<textarea name="${quote(name)}">\n${quote(value)}</textarea>`).join('');
  const kind = url.searchParams.get('multipart') === 'true' ? ' enctype="multipart/form-data"' : '';
  response.end(`<!DOCTYPE html><title>x</title><form method="post" action="${quote(target)}"${kind}>${inputs}<button>Go</button></form>`);
}

const listen = server => new Promise(resolve => { server.listen(0, '127.0.0.1', () => resolve(server.address().port)); });

export async function startEvil() {
  const { key, cert } = makeKey('localhost');
  const [plain, secure] = [http.createServer(answer), https.createServer({ key, cert }, answer)];
  return {
    sites: [
      { name: 'another site', origin: `http://127.0.0.1:${await listen(plain)}` },
      { name: 'another port of the host', origin: `https://localhost:${await listen(secure)}` },
    ],
    close: () => { plain.close(); secure.close(); plain.closeAllConnections(); secure.closeAllConnections(); },
  };
}

/** Address of a page of a site with a form that somebody is made to send. */
export const formOn = (site, target, fields, multipart = false) =>
  `${site.origin}/form?${new URLSearchParams({ target, fields: JSON.stringify(fields), multipart: String(multipart) })}`;

/** Address of a page of a site with a frame. */
export const frameOn = (site, target) => `${site.origin}/frame?${new URLSearchParams({ target })}`;
