// Walks through the pages of a server that was started for it: node run.mjs CONFIG.json. Prints a JSON line for each check.
//
// The file: origin, plain (addresses of the pages with and without TLS), smtp, imaps (ports), user, second ({ name, password }), chromium (path),
// shots (folder for pictures, or nothing), only (names of parts, or nothing), admin ({ origin, user, second }, or nothing).
import { readFile } from 'node:fs/promises';
import { attempt, check, end } from './report.mjs';
import { compare, look as lookAt, walk } from './crawl.mjs';
import { startEvil } from './evil.mjs';
import { flows, stopImport } from './flows.mjs';
import { crossSite, frames, loginForgery, tokens } from './forgery.mjs';
import { harmless, makeKey, plant, readAsText } from './hostile.mjs';
import { view } from './pages.mjs';
import { cookies, fixation, outsiders, secondUser } from './strangers.mjs';
import { launch, Visitor } from './visitor.mjs';
import { hosts, injection, redirects, withoutTls } from './wire.mjs';

const config = JSON.parse(await readFile(process.argv[2], 'utf8'));
const browser = await launch(config.chromium ?? '/usr/bin/chromium');
const has = part => !config.only || config.only.includes(part);

// Asked for by mail programs and other tools, never linked.
const ForPrograms = [
  '/mail/config-v1.1.xml', '/.well-known/autoconfig/mail/config-v1.1.xml', '/autodiscover/autodiscover.xml', '/autodiscover/autodiscover.json',
  '/autodiscover/autodiscover.json/v1.0/{email}', '/profile.svg', '/api/v1', '/api/v1/openapi.json', '/api/v1/{name}',
];

const realms = [{
  surface: 'https', cookie: '__Host-martlet-account', origin: config.origin, user: config.user, second: config.second, statePaths: ['/', '/keys', '/extensions'],
  certificate: makeKey('taken').cert.toString(),
}];
if (config.admin) realms.push({ surface: 'admin', cookie: '__Host-martlet-admin', statePaths: ['/', '/domains', '/accounts', '/aliases', '/administrators', '/configuration'], ...config.admin });

/** All pages and forms of a realm; the same must be there without JavaScript. */
async function crawlBoth(realm) {
  let found;
  for (const js of [true, false]) {
    const visitor = await Visitor.open(browser, { js });
    await visitor.signIn(realm.origin, realm.user.name, realm.user.password);
    const one = await walk(visitor, realm.origin, ['/']);
    for (const path of one.pages.keys()) {
      await visitor.get(realm.origin + path);
      await harmless(visitor, `${realm.surface} ${path}`);
    }
    const outside = await Visitor.open(browser, { js });
    const before = await walk(outside, realm.origin, ['/sign-in']);
    for (const [path, page] of before.pages) one.pages.set(path, page);
    for (const [path, forms] of before.forms) one.forms.set(path, forms);
    const names = what => [...what.pages.keys(), ...what.forms.keys()].sort().join();
    if (found) check('crawl', `${realm.surface}: the same pages and forms without JavaScript`, names(found) === names(one), `${names(found)} / ${names(one)}`);
    found = one;
    await outside.close();
    await visitor.close();
  }
  return found;
}

/** A configuration is applied from the page that says what it would change; gives the form of that page. */
async function checkConfiguration(realm) {
  const visitor = await Visitor.open(browser);
  await visitor.signIn(realm.origin, realm.user.name, realm.user.password);
  await visitor.get(`${realm.origin}/configuration`);
  await visitor.page.locator('form[action="/configuration/check"] textarea').fill((await exported(visitor)).replace('alert(1)', 'alert(2)'));
  await visitor.press('form[action="/configuration/check"] button');
  const { forms } = await visitor.page.evaluate(lookAt);
  await visitor.close();
  return forms.filter(form => form.action.endsWith('/configuration/apply')).map(form => ({ ...form, page: '/configuration', path: '/configuration/apply' }));
}

const exported = async visitor => readFile((await visitor.download('form[action="/configuration/export"] button')).path, 'utf8');

/** Pages as they are, and some as they are when something is wrong. */
async function look(realm) {
  const open = path => visitor => visitor.get(realm.origin + path);
  const signIn = visitor => visitor.signIn(realm.origin, realm.user.name, realm.user.password);
  // One page of each kind: what differs by its query is the same page.
  const kinds = new Map([...realm.found.pages.keys()].filter(path => path !== '/sign-in').reverse().map(path => [path.split('?')[0], path]));
  const sights = [...kinds].reverse().map(([name, path]) => ({ name, open: open(path) }));
  sights.push({ name: 'no such page', status: 404, open: open('/nothing-here') });
  if (realm.surface === 'https') {
    sights.push({
      name: 'a form that is wrong', status: 400,
      open: async visitor => {
        await visitor.get(`${realm.origin}/password`);
        for (const id of ['#f-current', '#f-password', '#f-again']) await visitor.page.fill(id, `${id} is not it`);
        return visitor.press('form[action="/password"] button');
      },
    }, {
      name: 'all of the keys page', open: async visitor => {
        const response = await visitor.get(`${realm.origin}/keys`);
        for (const summary of await visitor.page.locator('main summary').all()) await summary.click();
        return response;
      },
    });
  }
  await view(browser, config, realm.surface, sights, signIn);
  await view(browser, config, realm.surface, [
    { name: '/sign-in', open: open('/sign-in') },
    { name: 'a wrong password', status: 403, open: visitor => visitor.signIn(realm.origin, realm.user.name, 'wrong') },
  ]);
}

try {
  const planted = await attempt('hostile', 'planting', () => plant(browser, config));
  if (has('hostile')) await attempt('hostile', 'reading', () => readAsText(planted.visitor, config.origin));
  const stop = has('flows') || has('crawl') ? await attempt('flow', 'stopping an import', () => stopImport(planted.visitor, config.origin)) : [];
  for (const realm of realms) {
    realm.found = await attempt('crawl', realm.surface, () => crawlBoth(realm));
    if (realm.surface === 'https' && stop.length > 0) realm.found.forms.set('/transfer/stop', stop);
    const apply = realm.surface === 'admin' ? await attempt('crawl', 'configuration', () => checkConfiguration(realm)) : [];
    if (apply?.length > 0) realm.found.forms.set('/configuration/apply', apply);
    if (has('crawl')) compare(realm.surface, realm.found, ForPrograms);
    if (has('pages')) await look(realm);
  }

  if (has('attacks')) {
    const evil = await startEvil();
    for (const realm of realms) {
      const attacks = { crossSite, frames, loginForgery };
      for (const [name, run] of Object.entries(attacks)) await attempt('attack', name, () => run(browser, realm, evil.sites));
      for (const run of [tokens, cookies, fixation, outsiders]) await attempt('attack', run.name, () => run(browser, realm));
      await attempt('attack', 'hosts', () => hosts(realm));
      await attempt('attack', 'injection', () => injection(realm));
      await attempt('attack', 'redirects', () => redirects(browser, realm, realm.surface === 'https' ? config.plain : undefined));
      const other = realms.find(one => one !== realm);
      if (other) await attempt('attack', 'the other realm', () => outsiders(browser, realm, other));
    }
    await attempt('attack', 'without TLS', () => withoutTls(config));
    evil.close();
  }

  if (has('second')) await attempt('second', 'second user', () => secondUser(browser, realms[0]));
  planted.imap.end();
  if (has('flows')) await flows(browser, config);
} catch (error) {
  check('run', 'runs to its end', false, error.stack);
} finally {
  await browser.close();
}
end();
process.exit(0);
