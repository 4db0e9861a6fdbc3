// What was looked at, one JSON line each: the tests read them.

let failures = 0;

/** Tells how a check went; the detail is told only for one that failed. */
export function check(group, name, ok, detail = '') {
  if (!ok) failures++;
  process.stdout.write(JSON.stringify({ group, name, ok: Boolean(ok), detail: ok ? '' : String(detail).slice(0, 800) }) + '\n');
  return Boolean(ok);
}

/** Two values that must be the same. */
export const same = (group, name, actual, expected) =>
  check(group, name, JSON.stringify(actual) === JSON.stringify(expected), `got ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);

/** Runs something; when it breaks off, that is a failure of its own, and the next thing runs all the same. */
export async function attempt(group, name, run) {
  try {
    return await run();
  } catch (error) {
    check(group, `${name}: runs to its end`, false, error.stack ?? error);
    return undefined;
  }
}

/** A page as it looked in one mode, for the table. */
export const row = values => process.stdout.write(JSON.stringify({ row: values }) + '\n');

/** A route of the server and how it was reached, for the table. */
export const route = values => process.stdout.write(JSON.stringify({ route: values }) + '\n');

/** The last line: without it the script was broken off. */
export function end() {
  process.stdout.write(JSON.stringify({ end: true, failures }) + '\n');
}
