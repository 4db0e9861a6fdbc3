// The server's table of routes, as the tests of the pages write it: "https GET SignedIn /keys".
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const File = fileURLToPath(new URL('routes.txt', import.meta.url));

export const Routes = readFileSync(File, 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => {
  const [surface, method, access, pattern] = line.split(' ');
  const parts = pattern.split(/\{[^}]*\}/).map(part => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return { surface, method, access, pattern, matches: new RegExp(`^${parts.join('[^/]+')}$`) };
});

/** The route of a path; undefined when there is none. */
export const routeOf = (surface, method, path) => Routes.find(route => route.surface === surface && route.method === method && route.matches.test(path));

/** Routes of a surface. */
export const routesOf = (surface, method, access) => Routes.filter(route => route.surface === surface && route.method === method && (!access || route.access === access));
