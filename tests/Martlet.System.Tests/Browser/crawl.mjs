// Follows every link from the first page on, and notes what is there: pages, forms, files.
import { routeOf, routesOf } from './routes.mjs';
import { check, route as tellRoute } from './report.mjs';

// The same page for many things is looked at a few times.
const PagesMax = 300;
const AlikeMax = 4;

/** What a page has that leads on. Runs in the browser. */
export const look = () => ({
  title: document.title,
  heading: [...document.querySelectorAll('h1')].map(h => h.innerText.trim()),
  language: document.documentElement.lang,
  links: [...document.querySelectorAll('a[href]')].map(a => a.href),
  files: [...document.querySelectorAll('link[href], script[src], img[src]')].map(e => e.href || e.src),
  forms: [...document.forms].map(form => ({
    action: form.action, method: form.method, multipart: form.enctype === 'multipart/form-data',
    fields: [...form.elements].filter(e => e.name).map(e => ({ name: e.name, type: e.type, value: e.value, checked: Boolean(e.checked) })),
  })),
});

/**
 * Walks from the given paths.
 * @returns pages by path with query; forms by path, the first with each; files.
 */
export async function walk(visitor, origin, starts) {
  const found = { pages: new Map(), forms: new Map(), files: new Set(), away: new Set() };
  const queue = [...starts];
  const seen = new Set(queue);
  while (queue.length > 0 && found.pages.size < PagesMax) {
    const path = queue.shift();
    const isFile = (await visitor.context.request.get(origin + path, { maxRedirects: 0, failOnStatusCode: false })).headers()['content-disposition']?.startsWith('attachment');
    if (isFile) {
      found.files.add(path);
      continue;
    }
    const response = await visitor.get(origin + path);
    const page = { path, status: response.status(), headers: response.headers(), ...(await visitor.page.evaluate(look)) };
    found.pages.set(path, page);
    for (const file of page.files) found.files.add(new URL(file).pathname);
    for (const form of page.forms) {
      const action = new URL(form.action);
      const key = form.method === 'post' ? action.pathname : null;
      if (key === null) continue;
      found.forms.set(key, [...(found.forms.get(key) ?? []), { ...form, page: path, path: key }]);
    }
    for (const link of page.links) {
      const url = new URL(link);
      if (url.origin !== origin) {
        found.away.add(link);
        continue;
      }
      const next = url.pathname + url.search;
      if (!seen.has(next) && [...seen].filter(path => path.split('?')[0] === url.pathname).length < AlikeMax) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return found;
}

/** Holds what was found against the server's table of routes: nothing hides, nothing leads nowhere. */
export function compare(surface, found, programs) {
  const paths = [...found.pages.keys(), ...found.files].map(path => path.split('?')[0]);
  for (const path of found.pages.keys()) {
    check('crawl', `${surface}: ${path} is a page`, found.pages.get(path).status === 200 && routeOf(surface, 'GET', path.split('?')[0]), found.pages.get(path).status);
  }
  for (const path of found.forms.keys()) check('crawl', `${surface}: the form to ${path} leads somewhere`, routeOf(surface, 'POST', path));
  for (const link of found.away) check('crawl', `${surface}: link to ${link} is to a page of ours`, false);
  for (const route of routesOf(surface, 'GET')) {
    const isLinked = paths.some(path => route.matches.test(path));
    const isForPrograms = programs.includes(route.pattern);
    check('crawl', `${surface}: GET ${route.pattern} is reached by links`, isLinked || isForPrograms, 'nothing leads there');
    tellRoute({ surface, method: 'GET', pattern: route.pattern, access: route.access, reached: isLinked ? 'by links' : 'by programs' });
  }
  for (const route of routesOf(surface, 'POST')) {
    const form = [...found.forms.keys()].find(path => route.matches.test(path));
    const page = form === undefined ? '' : found.forms.get(form)[0].page.split('?')[0];
    check('crawl', `${surface}: POST ${route.pattern} is reached by a form`, form !== undefined || programs.includes(route.pattern), 'no page has a form for it');
    tellRoute({ surface, method: 'POST', pattern: route.pattern, access: route.access, reached: form === undefined ? 'by programs' : `by a form of ${page}` });
  }
}
