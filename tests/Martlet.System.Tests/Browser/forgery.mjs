// Forms that were not sent by who seems to send them, and pages inside other pages.
import { attempt, check, same } from './report.mjs';
import { formOn, frameOn } from './evil.mjs';
import { routesOf } from './routes.mjs';
import { Visitor } from './visitor.mjs';

/** What a form of a page holds, without its token. */
export const fieldsOf = form => (form?.fields ?? []).filter(field => field.name !== 'form-token' && !['file', 'submit', 'button'].includes(field.type)
  && (!['checkbox', 'radio'].includes(field.type) || field.checked)).map(({ name, value }) => [name, value]);

/** Concrete paths of a realm's forms: those that were found, or the pattern itself. */
export function targets(realm) {
  return routesOf(realm.surface, 'POST', 'SignedIn').map(route => {
    const path = [...realm.found.forms.keys()].find(path => route.matches.test(path)) ?? route.pattern.replace(/\{[^}]*\}/g, 'x');
    return { path, form: realm.found.forms.get(path)?.[0] };
  });
}

/** What an account is like: the pages that show it, without what differs each time. */
export async function state(visitor, realm) {
  const parts = [];
  for (const path of realm.statePaths) {
    const html = await (await visitor.context.request.get(realm.origin + path)).text();
    parts.push(/<main[\s\S]*<\/main>/.exec(html)?.[0].replaceAll(/name="form-token" value="[^"]*"/g, '').replaceAll(/<time.*?<\/time>/g, '')
      // How much room the disk has.
      .replaceAll(/<section[^>]*aria-labelledby="health">[\s\S]*?<\/section>/g, ''));
  }
  return parts.join('\n');
}

/** Forms on other people's pages: with the cookies of who is signed in, wherever the browser sends them. */
export async function crossSite(browser, realm, sites) {
  const victim = await Visitor.open(browser);
  await victim.signIn(realm.origin, realm.user.name, realm.user.password);
  const before = await state(victim, realm);
  for (const site of sites) {
    for (const { path, form } of targets(realm)) {
      await victim.get(formOn(site, realm.origin + path, [...fieldsOf(form), ['name', 'forged'], ['form-token', 'forged']], form?.multipart));
      const response = await victim.press('button');
      same('attack', `${realm.surface}: form to ${path} from ${site.name}`, response.status(), 403);
    }
    // Without a page to see: the cookies go along from the same host.
    for (const { path } of targets(realm)) {
      await victim.page.evaluate(url => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({ name: 'forged' }) }).catch(() => {}), realm.origin + path);
    }
    const read = await victim.page.evaluate(url => fetch(url, { credentials: 'include' }).then(r => r.text(), () => 'not read'), realm.origin + '/');
    same('attack', `${realm.surface}: ${site.name} cannot read a page`, read, 'not read');
  }
  await victim.get(realm.origin + '/');
  same('attack', `${realm.surface}: nothing was changed by forged forms, and nobody signed out`, [await state(victim, realm), victim.page.url()], [before, realm.origin + '/']);
  await victim.close();
}

/** The token of a form: missing, empty, changed, of another session, of before signing in. */
export async function tokens(browser, realm) {
  const [mine, mineToo, visit] = [await Visitor.open(browser), await Visitor.open(browser), await Visitor.open(browser)];
  await mine.signIn(realm.origin, realm.user.name, realm.user.password);
  await mineToo.signIn(realm.origin, realm.user.name, realm.user.password);
  const token = await mine.token(realm.origin);
  const bad = {
    missing: undefined, empty: '', changed: token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'), short: token.slice(1), 'of another session': await mineToo.token(realm.origin),
    'of the sign-in page': await visit.token(realm.origin, '/sign-in'),
  };
  check('attack', `${realm.surface}: tokens are long, and differ between sessions`, token.length >= 40 && new Set([token, ...Object.values(bad)]).size === 7);
  const before = await state(mine, realm);
  for (const { path, form } of targets(realm)) {
    const fields = { ...Object.fromEntries(fieldsOf(form)), name: 'forged' };
    const answers = [];
    for (const value of Object.values(bad)) answers.push((await mine.post(realm.origin + path, value === undefined ? fields : { 'form-token': value, ...fields }, { multipart: form?.multipart })).status());
    answers.push((await mine.post(`${realm.origin}${path}?form-token=${encodeURIComponent(token)}`, fields)).status());
    answers.push((await mine.post(realm.origin + path, fields, { headers: { 'form-token': token, 'X-CSRF-Token': token } })).status());
    same('attack', `${realm.surface}: ${path} with a token that is ${Object.keys(bad).join(', ')}; or not in the form`, answers, answers.map(() => 403));
    const get = (await mine.context.request.get(realm.origin + path, { maxRedirects: 0, failOnStatusCode: false })).status();
    const isPage = routesOf(realm.surface, 'GET').some(route => route.matches.test(path));
    check('attack', `${realm.surface}: a GET does not send ${path}`, isPage ? get === 200 : get === 405 || get === 404, get);
    const over = (await mine.context.request.get(`${realm.origin}${path}?_method=POST&form-token=${token}`, { headers: { 'X-HTTP-Method-Override': 'POST' }, maxRedirects: 0, failOnStatusCode: false })).status();
    same('attack', `${realm.surface}: nor does a GET that says it is a POST, ${path}`, over, get);
  }
  same('attack', `${realm.surface}: nothing was changed without a token`, await state(mine, realm), before);
  for (const visitor of [mine, mineToo, visit]) await visitor.close();
}

/** Somebody is signed in, without knowing it, to an account of the attacker. */
export async function loginForgery(browser, realm, sites) {
  for (const site of sites) {
    for (const hasVisit of [false, true]) {
      const victim = await Visitor.open(browser);
      if (hasVisit) await victim.get(`${realm.origin}/sign-in`);
      await victim.get(formOn(site, `${realm.origin}/sign-in`, [['name', realm.user.name], ['password', realm.user.password], ['form-token', 'forged']]));
      const response = await victim.press('button');
      const cookies = (await victim.context.cookies(realm.origin)).map(cookie => cookie.name).filter(name => !name.endsWith('-visit'));
      same('attack', `${realm.surface}: sign-in form on ${site.name}${hasVisit ? ' after a visit' : ''}`, [response.status(), cookies], [403, []]);
      await victim.close();
    }
  }
}

/** A page inside somebody else's page is not shown. */
export async function frames(browser, realm, sites) {
  const victim = await Visitor.open(browser);
  await victim.signIn(realm.origin, realm.user.name, realm.user.password);
  for (const site of sites) {
    for (const path of realm.found.pages.keys()) {
      await attempt('attack', `${realm.surface}: ${path} in a frame`, async () => {
        await victim.get(frameOn(site, realm.origin + path));
        const frame = await (await victim.page.waitForSelector('#victim')).contentFrame();
        check('attack', `${realm.surface}: ${path} is not shown in a frame of ${site.name}`, await frame.locator('h1, main, form').count() === 0 || frame.url().startsWith('chrome-error:'), frame.url());
      });
    }
  }
  await victim.close();
}
