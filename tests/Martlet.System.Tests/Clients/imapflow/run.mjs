// The tasks of ClientTask.cs with ImapFlow. Arguments: IMAP port, IMAPS port, SMTP port, certificate, message, user, password.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { ImapFlow } from 'imapflow';

const [imapPort, imapsPort, smtpPort] = process.argv.slice(2, 5).map(Number);
const [certificate, messagePath, user, pass] = process.argv.slice(5);
const message = Buffer.from(readFileSync(messagePath, 'utf8').replace(/\r?\n/g, '\r\n'));
const ca = readFileSync(certificate);
const date = new Date('2020-02-29T10:00:00+01:00');
const uid = { uid: true };

const settings = { host: 'localhost', port: imapsPort, secure: true, auth: { user, pass }, tls: { ca }, logger: false, disableAutoIdle: true };
const connected = async (more = {}) => {
    const other = new ImapFlow({ ...settings, ...more });
    other.on('error', () => {});
    await other.connect();
    return other;
};

let client;
const task = async (name, work, needs) => {
    try {
        if (!work) {
            console.log(`${name}: not offered by the client`);
        } else if (needs && !client.capabilities.has(needs)) {
            console.log(`${name}: not offered by the server`);
        } else {
            await work();
            console.log(`${name}: ok`);
        }
    } catch (error) {
        console.log(`${name}: no: ${error.message} ${error.responseText ?? ''}`.replace(/\s+/g, ' '));
    }
};

// Waits for an event that must come; the timer only ends a run in which it does not.
const expected = (emitter, event, matches = () => true) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} came`)), 20_000);
    emitter.on(event, data => {
        if (matches(data)) {
            clearTimeout(timer);
            resolve(data);
        }
    });
});

const deliver = async () => {
    const socket = net.connect(smtpPort, 'localhost');
    const said = async () => { await once(socket, 'data'); };
    await said();
    for (const line of ['HELO client.example.org', 'MAIL FROM:<a@example.org>', `RCPT TO:<${user}>`, 'DATA']) {
        socket.write(`${line}\r\n`);
        await said();
    }
    socket.write(Buffer.concat([message, Buffer.from('.\r\n')]));
    await said();
    socket.end('QUIT\r\n');
};

console.log('version', createRequire(import.meta.url)('imapflow/package.json').version);

await task('connect', async () => {
    client = await connected();
    assert.ok(client.secureConnection);
});
await task('starttls', async () => {
    const other = await connected({ port: imapPort, secure: false, doSTARTTLS: true });
    assert.ok(other.secureConnection);
    await other.logout();
});
await task('login', async () => {
    await assert.rejects(connected({ auth: { user, pass: 'wrong' } }), error => error.authenticationFailed === true);
    assert.ok(client.authenticated);
});
await task('id', () => assert.equal(client.serverInfo.name, 'Martlet'));
await task('namespace', () => assert.deepEqual([client.namespace.prefix, client.namespace.delimiter], ['', '/']));
await task('list', async () => {
    const uses = (await client.list()).filter(box => box.specialUseSource === 'extension').map(box => box.specialUse);
    assert.deepEqual(uses.sort(), ['\\Archive', '\\Drafts', '\\Junk', '\\Sent', '\\Trash']);
});
await task('mailboxes', async () => {
    const names = async () => new Map((await client.list()).map(box => [box.path, box]));
    assert.ok((await client.mailboxCreate('Grüße')).created);
    await client.mailboxSubscribe('Grüße');
    assert.ok((await names()).get('Grüße').subscribed);
    await client.mailboxRename('Grüße', 'Grüße 2020');
    assert.ok((await names()).has('Grüße 2020'));
    await client.mailboxUnsubscribe('Grüße');
    await client.mailboxDelete('Grüße 2020');
    assert.ok(![...(await names()).values()].some(box => box.path.startsWith('Grüße') && box.listed));
});
await task('append', async () => {
    for (const expectedUid of [1, 2, 3]) {
        assert.equal((await client.append('INBOX', message, ['\\Flagged', 'work'], date)).uid, expectedUid);
    }
});
await task('status', async () => {
    const status = await client.status('INBOX', { messages: true, uidNext: true, unseen: true, size: true });
    assert.deepEqual([status.messages, status.uidNext, status.unseen, status.size], [3, 4, 3, 3 * message.length]);
    assert.equal((await client.mailboxOpen('INBOX')).exists, 3);
});
await task('fetch', async () => {
    const all = await client.fetchAll('1:3', { uid: true, flags: true, internalDate: true, size: true, envelope: true, bodyStructure: true }, uid);
    assert.equal(all.length, 3);
    const { flags, internalDate, size, envelope, bodyStructure } = all[0];
    assert.deepEqual([...flags].sort(), ['\\Flagged', 'work']);
    assert.deepEqual([internalDate.getTime(), size], [date.getTime(), message.length]);
    assert.deepEqual([envelope.subject, envelope.from[0].name, envelope.messageId], ['Grüße aus Köln', 'Büro am Rhein', '<cologne@example.org>']);
    assert.deepEqual(bodyStructure.childNodes.map(part => part.type), ['text/plain', 'application/octet-stream']);
    assert.equal(bodyStructure.childNodes[1].dispositionParameters.filename, 'rhine.bin');
});
await task('body', async () => {
    assert.ok((await client.fetchOne(2, { source: true }, uid)).source.equals(message));
    const { meta, content } = await client.download(2, '2', uid);
    assert.deepEqual([...Buffer.concat(await content.toArray())], [...Array(16).keys()]);
    assert.equal(meta.filename, 'rhine.bin');
});
await task('search', async () => {
    assert.deepEqual(await client.search({ subject: 'KÖLN' }, uid), [1, 2, 3]);
    assert.deepEqual(await client.search({ since: new Date('2020-02-28'), before: new Date('2020-03-02') }, uid), [1, 2, 3]);
    assert.deepEqual(await client.search({ body: 'Gruß vom Rhein' }, uid), [1, 2, 3]);
    assert.deepEqual(await client.search({ keyword: 'work' }, uid), [1, 2, 3]);
    assert.deepEqual(await client.search({ keyword: 'play' }, uid), []);
    assert.equal((await client.search({ all: true }, { ...uid, returnOptions: ['COUNT'] })).count, 3);
});
await task('store', async () => {
    assert.ok(await client.messageFlagsAdd(1, ['\\Answered', 'later'], uid));
    assert.ok(await client.messageFlagsRemove(1, ['\\Flagged', 'work'], uid));
    assert.deepEqual([...(await client.fetchOne(1, { flags: true }, uid)).flags].sort(), ['\\Answered', 'later']);
});
await task('copy', async () => assert.deepEqual([...(await client.messageCopy(1, 'Archive', uid)).uidMap], [[1, 1]]));
await task('move', async () => {
    assert.deepEqual([...(await client.messageMove(2, 'Archive', uid)).uidMap], [[2, 2]]);
    assert.deepEqual(await client.search({ all: true }, uid), [1, 3]);
});
await task('expunge', async () => {
    const gone = expected(client, 'expunge');
    assert.ok(await client.messageDelete(3, uid));
    await gone;
    assert.deepEqual(await client.search({ all: true }, uid), [1]);
});
await task('idle', async () => {
    const told = expected(client, 'exists', data => data.count === 2);
    const idle = client.idle();
    await deliver();
    await told;
    await client.noop(); // ends the waiting
    await idle;
});
await task('condstore', async () => {
    const { highestModseq } = await client.status('INBOX', { highestModseq: true });
    await client.messageFlagsAdd(1, ['seen-again'], uid);
    const changed = await client.fetchAll('1:*', { uid: true, flags: true }, { ...uid, changedSince: highestModseq });
    assert.deepEqual(changed.map(item => item.uid), [1]);
    assert.ok(changed[0].modseq > highestModseq);
});
await task('qresync', async () => {
    await client.append('INBOX', message);
    const { uidValidity, highestModseq } = await client.status('INBOX', { uidValidity: true, highestModseq: true });
    await client.messageFlagsAdd(1, ['meanwhile'], uid);
    await client.messageDelete(4, uid);
    const other = await connected({ qresync: true });
    const vanished = expected(other, 'expunge'), flags = expected(other, 'flags');
    await other.mailboxOpen('INBOX', { uidValidity, changedSince: highestModseq });
    const { uid: goneUid, vanished: isVanished, earlier } = await vanished;
    assert.deepEqual([goneUid, isVanished, earlier], [4, true, true]);
    const changed = await flags;
    assert.ok(changed.uid === 1 && changed.flags.has('meanwhile'));
    await other.logout();
});
await task('compress', async () => {
    const other = new ImapFlow({ ...settings, emitLogs: true, logRaw: true });
    const compressed = expected(other, 'log', entry => entry.msg === 'write to socket' && entry.compress);
    await other.connect();
    await other.mailboxOpen('INBOX');
    assert.ok((await other.fetchOne(1, { source: true }, uid)).source.equals(message));
    await compressed;
    await other.logout();
}, 'COMPRESS=DEFLATE');
await task('notify');
await task('quota', async () => {
    const quota = await client.getQuota('INBOX');
    assert.ok(quota.storage.usage >= 0, JSON.stringify(quota));
}, 'QUOTA');
await task('metadata');
await task('replace');
await task('multiappend');
await task('partial', async () => {
    const all = await client.search({ all: true }, uid);
    const { partial } = await client.search({ all: true }, { ...uid, returnOptions: [{ partial: '-1:-1' }] });
    assert.equal(partial.messages, String(all.at(-1)));
}, 'PARTIAL');
await task('utf8', async () => {
    assert.ok(client.enabled.has('UTF8=ACCEPT') || client.enabled.has('IMAP4REV2'), [...client.enabled].join(' '));
    await client.mailboxCreate('Köln & Umgebung');
    const headers = 'From: Büro <büro@example.org>\r\nSubject: Grüße\r\n\r\n';
    await client.append('Köln & Umgebung', Buffer.from(headers));
    await client.mailboxOpen('Köln & Umgebung');
    const { envelope } = await client.fetchOne('*', { envelope: true });
    assert.deepEqual([envelope.from[0].address, envelope.subject], ['büro@example.org', 'Grüße']);
});
await client.logout();
