// Each page as people have it: phone and desktop, light and dark, with and without JavaScript, by keyboard, and as axe sees it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { check, row, same } from './report.mjs';
import { look } from './crawl.mjs';
import { Phone, Visitor } from './visitor.mjs';

const Axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const Modes = [
  { name: 'phone light', phone: true, dark: false },
  { name: 'phone dark', phone: true, dark: true },
  { name: 'desktop light', phone: false, dark: false },
  { name: 'desktop dark', phone: false, dark: true },
];

export const fileName = (surface, page, mode) => `${surface}-${page.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'first'}-${mode.replace(' ', '-')}.png`;

/** What axe objects to, all levels; best practices are a level of their own and not counted. */
async function axe(page) {
  await page.evaluate(Axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  if (result.passes.length < 5) return ['axe did not run'];
  return result.violations.map(v => `${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join('; ')}`);
}

/** What one reaches with Tab, in order; and what there is to be reached. Runs in the browser. */
const stops = () => {
  const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => {
    if (e.disabled || !e.checkVisibility({ visibilityProperty: true })) return false;
    if (e.type !== 'radio') return true;
    const group = `${[...document.forms].indexOf(e.form)} ${e.name}`;
    return !groups.has(group) && groups.add(group);
  }).length;
};

const focused = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  globalThis.martletSeen ??= [];
  if (!globalThis.martletSeen.includes(e)) globalThis.martletSeen.push(e);
  const style = getComputedStyle(e);
  return {
    index: globalThis.martletSeen.indexOf(e), name: e.className + ' ' + e.tagName.toLowerCase() + ' ' + (e.name ?? ''), inMain: Boolean(e.closest('main')),
    isShown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
  };
};

async function keyboard(visitor, title) {
  const { page } = visitor;
  const expected = await page.evaluate(stops);
  // A field with an error has the focus already; everybody starts at the top here.
  await page.evaluate(() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); });
  const seen = new Map();
  const dark = [];
  for (let i = 0; i < expected + 2; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (stop === null) continue;
    if (i === 0) check('keyboard', `${title}: the first stop skips to the content`, stop.name.startsWith('skip'), stop.name);
    if (!stop.isShown) dark.push(stop.name);
    seen.set(stop.index, stop);
  }
  same('keyboard', `${title}: Tab reaches everything`, seen.size, expected);
  same('keyboard', `${title}: the focus is always seen`, dark, []);
  await page.evaluate(() => document.querySelector('.skip').focus());
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const first = await page.evaluate(focused);
  check('keyboard', `${title}: behind the skip link Tab is in the content`, first === null || first.inMain, first?.name);
}

/** Text that sticks out of its card, and cards that stick out of the page. Runs in the browser. */
const outside = () => [...document.querySelectorAll('main .card *, main table, main form')].filter(e => {
  if (e.closest('pre, .scroll') || e.closest('svg') || !e.checkVisibility()) return false;
  const card = (e.closest('.card') ?? document.querySelector('main')).getBoundingClientRect();
  const box = e.getBoundingClientRect();
  return box.width > 1 && (box.right > card.right + 1 || box.left < card.left - 1);
}).slice(0, 4).map(e => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`);

/** Things every page has, as the browser sees it. */
async function common(visitor, response, title, status) {
  const seen = await visitor.page.evaluate(look);
  same('page', `${title}: status`, response.status(), status);
  check('page', `${title}: one heading, and the browser's title begins with it`, seen.heading.length === 1 && seen.title.startsWith(seen.heading[0]), `${seen.heading} / ${seen.title}`);
  same('page', `${title}: language`, seen.language, 'en');
  const headers = await response.allHeaders();
  same('page', `${title}: not stored`, headers['cache-control'], 'no-store');
  check('page', `${title}: nothing but its own files is allowed`, /default-src 'none'/.test(headers['content-security-policy'] ?? '') && !/unsafe/.test(headers['content-security-policy']), headers['content-security-policy']);
  same('page', `${title}: no console error, no request elsewhere`, visitor.takeTroubles(), []);
  return seen.heading[0];
}

/**
 * Looks at pages in all modes.
 * @param sights name, status, and how to come there.
 */
export async function view(browser, config, surface, sights, signIn) {
  const rows = new Map(sights.map(sight => [sight.name, { surface, page: sight.name, title: '', status: sight.status ?? 200, modes: {}, axe: 0 }]));
  for (const mode of [...Modes, { name: 'without JavaScript', phone: true, dark: false, js: false }]) {
    const visitor = await Visitor.open(browser, { ...mode, js: mode.js ?? true });
    if (signIn) await signIn(visitor);
    visitor.takeTroubles();
    for (const sight of sights) {
      const title = `${surface} ${sight.name}, ${mode.name}`;
      const told = rows.get(sight.name);
      try {
        const response = await sight.open(visitor);
        told.title = await common(visitor, response, title, sight.status ?? 200);
        const width = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
        if (mode.phone) check('page', `${title}: fits ${Phone.width} pixels`, width <= Phone.width, `${width} wide`);
        same('page', `${title}: nothing sticks out`, await visitor.page.evaluate(outside), []);
        if (config.shots) await visitor.page.screenshot({ path: path.join(config.shots, fileName(surface, sight.name, mode.name)), fullPage: true });
        if (mode.js ?? true) {
          const violations = await axe(visitor.page);
          same('axe', `${title}: axe objects to nothing`, violations, []);
          told.axe += violations.length;
          if (mode.name === 'desktop light') await keyboard(visitor, title);
        }
        visitor.takeTroubles();
        told.modes[mode.name] = 'ok';
      } catch (error) {
        told.modes[mode.name] = 'no';
        check('page', `${title}: is looked at to its end`, false, error.stack);
      }
    }
    await visitor.close();
  }
  for (const told of rows.values()) row(told);
}
