// What people do on their account page, with JavaScript and without, and what mail programs see of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { attempt, check, same } from './report.mjs';
import { Imap } from './mail.mjs';
import { Visitor } from './visitor.mjs';

const notice = visitor => visitor.page.locator('main .notice').first().innerText();
const card = (visitor, name) => visitor.page.locator('section.card', { has: visitor.page.getByRole('heading', { name, exact: true }) });
const says = async (visitor, name, what, part) => check('flow', `${name}: ${what}`, (await visitor.text()).includes(part), await visitor.text());

async function signIn({ origin, user, name, open }) {
  const visitor = await open();
  const wrong = await visitor.signIn(origin, user.name, 'not the password');
  same('flow', `${name}: a wrong password is refused`, wrong.status(), 403);
  const first = await visitor.text();
  await says(visitor, name, 'and told', 'Address or password is wrong');
  same('flow', `${name}: nobody is signed in by it`, (await visitor.context.cookies()).filter(cookie => cookie.name === '__Host-martlet-account'), []);
  same('flow', `${name}: the password is not in the page`, await visitor.page.locator('main input[name=password]').inputValue(), '');
  await visitor.signIn(origin, `nobody-${user.name}`, 'not the password');
  same('flow', `${name}: an address that nobody has is refused alike`, await visitor.text(), first);
  await visitor.signIn(origin, user.name, user.password);
  same('flow', `${name}: the right one leads to the first page`, visitor.page.url(), `${origin}/`);
  await visitor.close();
}

async function changeName({ origin, name, mine }) {
  const { page } = mine;
  await mine.get(origin + '/');
  const before = await page.inputValue('form[action="/name"] input[name=name]');
  await page.fill('form[action="/name"] input[name=name]', `Ada Lovelace ${name} – ö`);
  await mine.press('form[action="/name"] button');
  same('flow', `${name}: the name is changed`, [await notice(mine), await page.inputValue('form[action="/name"] input[name=name]')], ['The name is changed.', `Ada Lovelace ${name} – ö`]);
  await page.fill('form[action="/name"] input[name=name]', before);
  await mine.press('form[action="/name"] button');
}

async function changePassword({ origin, imaps, user, name, mine, open }) {
  const other = await open();
  await other.signIn(origin, user.name, user.password);
  const imap = await Imap.open(imaps);
  await imap.login(user);
  const change = async (current, password, again = password) => {
    await mine.get(`${origin}/password`);
    await mine.page.fill('#f-current', current);
    await mine.page.fill('#f-password', password);
    await mine.page.fill('#f-again', again);
    return (await mine.press('form[action="/password"] button')).status();
  };
  const next = `a new password ${name} ${Date.now()}`;
  same('flow', `${name}: not with a wrong current password`, await change('wrong', next), 400);
  same('flow', `${name}: not with two different new ones`, await change(user.password, next, `${next}!`), 400);
  same('flow', `${name}: the password is changed`, await change(user.password, next), 200);
  check('flow', `${name}: and that is said`, (await notice(mine)).startsWith('The password is changed.'));
  await other.get(`${origin}/keys`);
  same('flow', `${name}: another browser is signed out by it`, other.page.url(), `${origin}/sign-in`);
  check('flow', `${name}: a mail program is signed out by it`, await imap.closed());
  same('flow', `${name}: the old password is wrong now`, (await other.signIn(origin, user.name, user.password)).status(), 403);
  same('flow', `${name}: the new one is right`, (await other.signIn(origin, user.name, next)).status(), 200);
  same('flow', `${name}: and can be changed back`, await change(next, user.password), 200);
  await other.close();
}

async function makeKey({ origin, imaps, user, name, mine }) {
  const { page } = mine;
  const label = `made ${name}`;
  await mine.get(`${origin}/keys`);
  await page.fill('#m-name', label);
  await page.fill('#m-file-password', 'file password');
  await page.fill('#m-current', user.password);
  const file = await mine.download('form[action="/keys/make"] button');
  same('flow', `${name}: a made key is a file`, file.name, `made-${name}.p12`);
  const pem = execFileSync('openssl', ['pkcs12', '-in', file.path, '-passin', 'pass:file password', '-nodes'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const identity = { key: pem, cert: pem };
  let imap = await Imap.open(imaps, identity);
  check('flow', `${name}: the made key signs in`, imap.greeting.startsWith('* PREAUTH'), imap.greeting);
  imap.end();

  await mine.get(`${origin}/keys`);
  await card(mine, label).locator('summary', { hasText: 'Change' }).click();
  await card(mine, label).locator('form[action="/keys/change"] input[name=preauth]').uncheck();
  await card(mine, label).locator('form[action="/keys/change"] input[name=name]').fill(`${label} too`);
  await mine.press(card(mine, label).locator('form[action="/keys/change"] button'));
  same('flow', `${name}: the key is changed`, await notice(mine), 'The key is changed.');
  imap = await Imap.open(imaps, identity);
  check('flow', `${name}: without PREAUTH it waits for the program`, imap.greeting.startsWith('* OK'), imap.greeting);
  check('flow', `${name}: and the program signs in by EXTERNAL`, (await imap.run('AUTHENTICATE EXTERNAL =')).at(-1).includes(' OK'));

  await mine.get(`${origin}/keys`);
  await card(mine, `${label} too`).locator('summary', { hasText: 'Remove' }).click();
  await mine.press(card(mine, `${label} too`).locator('form[action="/keys/remove"] button'));
  check('flow', `${name}: the key is removed`, (await notice(mine)).startsWith('The key is removed'));
  check('flow', `${name}: what it opened has ended`, await imap.closed());
  imap = await Imap.open(imaps, identity);
  check('flow', `${name}: it signs in no more`, imap.greeting.startsWith('* OK') && (await imap.run('AUTHENTICATE EXTERNAL =')).at(-1).includes(' NO'), imap.greeting);
  imap.end();
}

// The commands are those of the page, run as they stand there.
async function uploadCertificates({ origin, imaps, user, name, mine }) {
  await mine.get(`${origin}/keys`);
  const commands = (await mine.page.locator('#add ~ pre code, #add ~ * pre code').allInnerTexts()).filter(text => text.startsWith('openssl req'));
  same('flow', `${name}: the page has three commands`, commands.length, 3);
  for (const [index, command] of commands.entries()) {
    const folder = mkdtempSync(path.join(tmpdir(), 'martlet-upload-'));
    execFileSync('sh', ['-c', command], { cwd: folder, stdio: 'pipe' });
    await mine.get(`${origin}/keys`);
    await mine.page.setInputFiles('#a-file', path.join(folder, 'mail.cert.pem'));
    await mine.page.fill('#a-name', `uploaded ${index}`);
    await mine.page.fill('#a-current', user.password);
    same('flow', `${name}: the certificate of command ${index + 1} is taken`, (await mine.press('form[action="/keys/add"] button')).status(), 200);
    const imap = await Imap.open(imaps, { key: readFileSync(path.join(folder, 'mail.key.pem')), cert: readFileSync(path.join(folder, 'mail.cert.pem')) });
    check('flow', `${name}: its key signs in`, imap.greeting.startsWith('* PREAUTH'), imap.greeting);
    imap.end();
    await card(mine, `uploaded ${index}`).locator('summary', { hasText: 'Remove' }).click();
    await mine.press(card(mine, `uploaded ${index}`).locator('form[action="/keys/remove"] button'));
  }
  await mine.page.fill('#a-pem', 'no certificate');
  await mine.page.fill('#a-current', user.password);
  same('flow', `${name}: what is no certificate is refused`, (await mine.press('form[action="/keys/add"] button')).status(), 400);
}

async function hideCapability({ origin, imaps, user, name, mine }) {
  const capabilities = async () => {
    const imap = await Imap.open(imaps);
    await imap.login(user);
    const line = (await imap.run('CAPABILITY'))[0];
    imap.end();
    return line.split(' ');
  };
  check('flow', `${name}: NOTIFY is announced`, (await capabilities()).includes('NOTIFY'));
  for (const isOn of [false, true]) {
    await mine.get(`${origin}/extensions`);
    await mine.page.locator('#x-NOTIFY').setChecked(isOn);
    await mine.press('form[action="/extensions"] button');
    same('flow', `${name}: NOTIFY is announced: ${isOn}`, [(await capabilities()).includes('NOTIFY'), await mine.page.locator('#x-NOTIFY').isChecked()], [isOn, isOn]);
  }
}

async function endSessions({ origin, imaps, user, name, mine, open }) {
  const [first, second] = [await open('Lynx one'), await open('Lynx two')];
  for (const other of [first, second]) await other.signIn(origin, user.name, user.password);
  const imap = await Imap.open(imaps);
  await imap.login(user);
  await imap.run(`ID ("name" "Ended ${name}")`);
  await mine.get(`${origin}/sessions`);
  await mine.press(mine.page.locator('tr', { hasText: 'Lynx one' }).first().locator('button'));
  await first.get(origin + '/');
  await second.get(origin + '/');
  same('flow', `${name}: one browser is signed out, the other is not`, [first.page.url(), second.page.url()], [`${origin}/sign-in`, `${origin}/`]);
  await mine.press(mine.page.locator('tr', { hasText: `Ended ${name}` }).first().locator('button'));
  check('flow', `${name}: a mail program is ended`, await imap.closed());
  await mine.press('form[action="/sessions/end-others"] button');
  await second.get(origin + '/');
  same('flow', `${name}: all others are signed out`, [await notice(mine), second.page.url()], ['All other browsers are signed out.', `${origin}/sign-in`]);
  await mine.get(`${origin}/logins`);
  await says(mine, name, 'the history has the wrong passwords', 'wrong password');
  await first.close();
  await second.close();
}

const mbox = (count, name) => Array.from({ length: count }, (_, i) =>
  `From a@example.net Mon Nov 30 12:00:00 2026\nMessage-ID: <${name}-${i}@example.net>\nSubject: Imported ${name} ${i}\nX-Keywords: Receipts\n\nText ${i}\n`).join('\n');

async function transfer({ origin, imaps, user, name, mine }) {
  const { page } = mine;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'martlet-import-')), 'old mail.mbox');
  writeFileSync(file, mbox(3, name));
  const send = async isTrial => {
    await mine.get(`${origin}/transfer`);
    await page.setInputFiles('#i-file', file);
    await page.fill('#i-into', `Old ${name}`);
    await page.locator('#i-dry-run').setChecked(isTrial);
    await mine.press('form[action="/transfer/import"] button');
    await page.waitForSelector('main .notice');
    return notice(mine);
  };
  const count = async () => {
    const imap = await Imap.open(imaps);
    await imap.login(user);
    const names = (await imap.run(`LIST "" "Old ${name}*"`)).filter(line => line.startsWith('* LIST'));
    const status = names.length === 0 ? [''] : await imap.run(`STATUS ${names.at(-1).split('" ').at(-1)} (MESSAGES)`);
    imap.end();
    return Number(/MESSAGES (\d+)/.exec(status[0])?.[1] ?? 0);
  };
  await send(true);
  same('flow', `${name}: a trial takes nothing`, await count(), 0);
  check('flow', `${name}: an import says what it took`, (await send(false)).startsWith('3 messages'), await notice(mine));
  same('flow', `${name}: and mail programs see it`, await count(), 3);
  await send(false);
  same('flow', `${name}: once more takes nothing twice`, await count(), 3);

  await mine.get(`${origin}/transfer`);
  const zip = await mine.download('form[action="/transfer/export"] button');
  check('flow', `${name}: an export is a zip file`, zip.name.endsWith('.zip') && readFileSync(zip.path).subarray(0, 4).toString('latin1') === 'PK\x03\x04', zip.name);
  await page.check('#e-format-maildir');
  await page.locator('[id="e-packing-tar.gz"]').check();
  const tar = await mine.download('form[action="/transfer/export"] button');
  check('flow', `${name}: the same as tar.gz has the messages`, tar.name.endsWith('.tar.gz') && gunzipSync(readFileSync(tar.path)).includes(`Subject: Imported ${name} 2`), tar.name);
  await mine.get(origin + '/');
}

/** An import that takes its time is watched and stopped; gives the form for it. */
export async function stopImport(visitor, origin) {
  const { page } = visitor;
  await visitor.get(`${origin}/transfer`);
  await page.setInputFiles('#i-file', { name: 'much.mbox', mimeType: 'application/mbox', buffer: Buffer.from(mbox(60_000, 'much')) });
  await page.fill('#i-into', 'Much');
  await visitor.press('form[action="/transfer/import"] button');
  const hasForm = await page.locator('form[action="/transfer/stop"] button').count() === 1;
  check('flow', 'an import that runs can be stopped', hasForm, await visitor.text());
  if (!hasForm) return [];
  const fields = [{ name: 'form-token', type: 'hidden', value: await page.inputValue('form[action="/transfer/stop"] input[name=form-token]') }];
  await visitor.press('form[action="/transfer/stop"] button');
  await page.waitForSelector('main .notice');
  check('flow', 'and says that it was', (await page.locator('main .notice').innerText()).length > 0);
  return [{ path: '/transfer/stop', page: '/transfer', fields }];
}

async function signOut({ origin, name, mine }) {
  await mine.get(`${origin}/keys`);
  const cookies = await mine.context.cookies();
  await mine.press('form[action="/sign-out"] button');
  same('flow', `${name}: signed out`, [mine.page.url(), await notice(mine)], [`${origin}/sign-in?done=signed-out`, 'You are signed out.']);
  await mine.page.goBack().catch(() => {});
  check('flow', `${name}: Back does not bring the page back`, !(await mine.page.content()).includes('Make a key here'));
  await mine.context.addCookies(cookies);
  await mine.get(`${origin}/keys`);
  same('flow', `${name}: the old cookie is worth nothing`, mine.page.url(), `${origin}/sign-in`);
}

/** All of it, once with JavaScript and once without. */
export async function flows(browser, config) {
  for (const js of [true, false]) {
    const name = js ? 'with' : 'without';
    const open = agent => Visitor.open(browser, { js, agent });
    const mine = await open();
    await mine.signIn(config.origin, config.user.name, config.user.password);
    for (const flow of [signIn, changeName, changePassword, makeKey, uploadCertificates, hideCapability, endSessions, transfer, signOut]) {
      await attempt('flow', `${flow.name} ${name}`, () => flow({ ...config, name, mine, open }));
    }
    same('flow', `${name} JavaScript: no error, no request elsewhere`, mine.takeTroubles(), []);
    await mine.close();
  }
}
