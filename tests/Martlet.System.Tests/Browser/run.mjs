// Walks through the pages of a server that was started for it: node run.mjs CONFIG.json. Prints a JSON line for each check.
//
// The file: origin, plain (addresses of the pages with and without TLS), smtp, imaps (ports), user, second ({ name, password }), chromium (path),
// shots (folder for pictures, or nothing), only (names of parts, or nothing), admin ({ origin, user, second }, or nothing).
import { readFile } from 'node:fs/promises';
import { attempt, check, end } from './report.mjs';
import { compare, walk } from './crawl.mjs';
import { harmless, plant, readAsText } from './hostile.mjs';
import { view } from './pages.mjs';
import { launch, Visitor } from './visitor.mjs';

const config = JSON.parse(await readFile(process.argv[2], 'utf8'));
const browser = await launch(config.chromium ?? '/usr/bin/chromium');
const has = part => !config.only || config.only.includes(part);

// Asked for by mail programs and other tools, never linked.
const ForPrograms = ['/mail/config-v1.1.xml', '/.well-known/autoconfig/mail/config-v1.1.xml', '/autodiscover/autodiscover.xml', '/autodiscover/autodiscover.json'];

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
    if (found) check('crawl', `${realm.surface}: the same pages and forms without JavaScript`, [...found.pages.keys(), ...found.forms.keys()].sort().join() === [...one.pages.keys(), ...one.forms.keys()].sort().join());
    found = one;
    await outside.close();
    await visitor.close();
  }
  return found;
}

try {
  const realms = [{ surface: 'https', origin: config.origin, user: config.user, second: config.second }];
  if (config.admin) realms.push({ surface: 'admin', ...config.admin });
  const planted = await attempt('hostile', 'planting', () => plant(browser, config));
  if (has('hostile')) await attempt('hostile', 'reading', () => readAsText(planted.visitor, config.origin));
  for (const realm of realms) {
    realm.found = await attempt('crawl', realm.surface, () => crawlBoth(realm));
    if (has('crawl')) compare(realm.surface, realm.found, ForPrograms);
    if (has('pages')) {
      const sights = [...realm.found.pages.keys()].filter(path => path !== '/sign-in').map(path => ({ name: path, open: visitor => visitor.get(realm.origin + path) }));
      sights.push({ name: 'no such page', status: 404, open: visitor => visitor.get(`${realm.origin}/nothing-here`) });
      await view(browser, config, realm.surface, sights, visitor => visitor.signIn(realm.origin, realm.user.name, realm.user.password));
      await view(browser, config, realm.surface, [{ name: '/sign-in', open: visitor => visitor.get(`${realm.origin}/sign-in`) }]);
    }
  }
} catch (error) {
  check('run', 'runs to its end', false, error.stack);
} finally {
  await browser.close();
}
end();
process.exit(0);
