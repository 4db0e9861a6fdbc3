// Texts that would be code if a page forgot once to write them as text, put everywhere a user, a mail program or a stranger can put them.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check, same } from './report.mjs';
import { deliver, Imap } from './mail.mjs';
import { Visitor } from './visitor.mjs';

// Leaves attributes and elements of every kind, then shows itself; x-mark must never be an element.
const Code = `'"></title></textarea><x-mark><img src=//evil.invalid/x onerror=alert(1)>`;
const ShortCode = `'"><x-mark><img src=x onerror=alert(1)>`;

/** What is put where, and the pages on which it must be read as it is. */
export const Planted = {
  displayName: { text: `Name${Code}`, pages: ['/'] },
  keyName: { text: `Key${ShortCode}`, pages: ['/keys', '/sessions', '/logins'] },
  certificateName: { text: `CN${ShortCode}`, pages: ['/keys'] },
  browser: { text: `Agent${Code}`, pages: ['/sessions', '/logins'] },
  program: { text: `Program'></title><x-mark><img src=x onerror=alert(1)>`, pages: ['/sessions', '/logins'] },
  fileName: { text: `File'><x-mark><img src=x onerror=alert(1)>.mbox`, pages: ['/transfer'] },
  mailbox: { text: `Box'><x-mark><img src=x onerror=alert(1)>`, pages: ['/transfer'] },
};

/** A key and its certificate, made by openssl. */
export function makeKey(name, options = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']) {
  const folder = mkdtempSync(path.join(tmpdir(), 'martlet-key-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const config = path.join(folder, 'openssl.cnf');
  writeFileSync(config, `[req]\nprompt=no\nutf8=yes\ndistinguished_name=dn\n[dn]\nCN=${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll("'", "\\'").replaceAll('#', '\\#').replaceAll('$', '\\$')}\n`);
  execFileSync('openssl', ['req', '-x509', '-newkey', ...options, '-noenc', '-keyout', key, '-out', cert, '-config', config, '-days', '30'], { stdio: 'pipe' });
  return { key: readFileSync(key), cert: readFileSync(cert), certPath: cert };
}

/** Fills the account; keeps a mail program connected so that it is seen. */
export async function plant(browser, config) {
  const { origin, user } = config;
  const visitor = await Visitor.open(browser, { agent: Planted.browser.text });
  same('hostile', 'a browser with a hostile name signs in', (await visitor.signIn(origin, user.name, user.password)).status(), 200);
  const page = visitor.page;
  await page.fill('form[action="/name"] input[name=name]', Planted.displayName.text);
  await visitor.press('form[action="/name"] button');

  const keys = [makeKey('my laptop'), makeKey(Planted.certificateName.text)];
  for (const [index, key] of keys.entries()) {
    await visitor.get(`${origin}/keys`);
    await page.fill('#a-pem', key.cert.toString());
    if (index === 0) await page.fill('#a-name', Planted.keyName.text);
    await page.fill('#a-current', user.password);
    same('hostile', `a key with a hostile name is taken (${index})`, (await visitor.press('form[action="/keys/add"] button')).status(), 200);
  }

  const imap = await Imap.open(config.imaps, { key: keys[0].key, cert: keys[0].cert });
  check('hostile', 'a mail program begins signed in with the key', imap.greeting.startsWith('* PREAUTH'), imap.greeting);
  const quoted = Planted.program.text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  check('hostile', 'a mail program says a hostile name', (await imap.run(`ID ("name" "${quoted}" "version" "1<x-mark>")`)).at(-1).includes(' OK'));
  check('hostile', 'a mailbox has a hostile name', (await imap.run(`CREATE "${Planted.mailbox.text}/${Planted.mailbox.text}"`)).at(-1).includes(' OK'));
  const reply = await deliver(config.smtp, user.name, [
    `From: "${Code.replaceAll('"', '\\"')}" <sender@example.net>`, `Subject: ${Code}`, `Message-ID: <${createHash('sha1').update(Code).digest('hex')}@example.net>`,
    'Content-Type: text/html', '', `<script>alert(1)</script>${Code}`,
  ].join('\r\n'));
  check('hostile', 'a message full of code is delivered', reply.startsWith('250'), reply);

  await visitor.get(`${origin}/transfer`);
  await page.fill('#i-into', Planted.mailbox.text);
  await page.setInputFiles('#i-file', { name: Planted.fileName.text, mimeType: 'application/mbox', buffer: Buffer.from(`From a@example.net Mon Nov 30 12:00:00 2026\nSubject: ${Code}\n\n${Code}\n`) });
  await visitor.press('form[action="/transfer/import"] button');
  await page.waitForSelector('main .notice', { timeout: 60_000 });
  return { visitor, imap, keys };
}

/** In the browser: everything on the page that our own pages never have. */
const foreign = () => ({
  elements: [...document.querySelectorAll('x-mark, img, iframe, object, embed, base, style, audio, video, math')]
    .filter(e => e.tagName !== 'IMG' || !e.src.startsWith(`${location.origin}/assets/`) && !e.src.startsWith(`${location.origin}/profile.svg?`)).map(e => e.tagName),
  scripts: [...document.scripts].filter(s => s.text.trim() || !new URL(s.src).pathname.startsWith('/assets/')).length,
  attributes: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on') || a.name === 'style' || /^\s*javascript:/i.test(a.value)).map(a => `${e.tagName} ${a.name}`)),
  text: document.body.innerText + [...document.querySelectorAll('input, textarea')].map(e => '\n' + e.value).join('')
    + [...document.querySelectorAll('details')].map(e => '\n' + e.textContent).join(''),
});

/** Nothing of what was planted is code on this page. */
export async function harmless(visitor, name) {
  const { elements, scripts, attributes, text } = await visitor.page.evaluate(foreign);
  same('hostile', `${name}: no element, script or attribute that is not ours`, [elements, scripts, attributes], [[], 0, []]);
  return text;
}

/** What was planted is read on its pages, as it was written; so the check above had something to find. */
export async function readAsText(visitor, origin) {
  for (const [what, { text, pages }] of Object.entries(Planted)) {
    for (const path of pages) {
      await visitor.get(origin + path);
      let shown = await harmless(visitor, `${path} with ${what}`);
      // The history of sign-ins waits some seconds for what a program says it is before it is written.
      for (let tries = 0; tries < 40 && !shown.includes(text); tries++) {
        await new Promise(resolve => setTimeout(resolve, 500));
        await visitor.get(origin + path);
        shown = (await visitor.page.evaluate(foreign)).text;
      }
      check('hostile', `${path} shows the ${what} as text`, shown.includes(text), `not found: ${text}`);
    }
  }
  for (const path of ['/', '/keys', '/sign-in', '/nothing-here']) {
    await visitor.get(`${origin}${path}?done=${encodeURIComponent(Code)}&x=${encodeURIComponent(Code)}#${Code}`);
    await harmless(visitor, `${path} with code in its address`);
  }
  await visitor.get(`${origin}/${encodeURIComponent(Code)}`);
  await harmless(visitor, 'a path of code');
  same('hostile', 'no script, dialog or request to elsewhere came of it', visitor.takeTroubles(), []);
}
