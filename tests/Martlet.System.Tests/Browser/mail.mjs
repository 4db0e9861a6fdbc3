// As much of SMTP and IMAP as it takes to fill an account and to see what became of it.
import net from 'node:net';
import tls from 'node:tls';

class Lines {
  #buffer = '';
  #waiting = null;
  isClosed = false;

  constructor(socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', data => { this.#buffer += data; this.#wake(); });
    socket.on('close', () => { this.isClosed = true; this.#wake(); });
    socket.on('error', () => {});
  }

  #wake() { this.#waiting?.(); }

  async line() {
    for (;;) {
      const end = this.#buffer.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#buffer.slice(0, end);
        this.#buffer = this.#buffer.slice(end + 2);
        return line;
      }
      if (this.isClosed) return null;
      await new Promise(resolve => { this.#waiting = resolve; });
    }
  }

  write(text) { this.socket.write(Buffer.from(text, 'utf8')); }

  /** Waits until the other side has closed; false when it does not within some seconds. */
  async closed(ms = 20_000) {
    const end = Date.now() + ms;
    while (!this.isClosed && Date.now() < end) await new Promise(resolve => { setTimeout(resolve, 50); });
    return this.isClosed;
  }
}

const connected = socket => new Promise((resolve, reject) => {
  socket.once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => resolve(socket));
  socket.once('error', reject);
});

const tlsTo = (port, options = {}) => tls.connect({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false, ...options });

export class Imap extends Lines {
  #count = 0;

  /** Connects; with key and cert it shows a certificate. */
  static async open(port, options) {
    const imap = new Imap(await connected(tlsTo(port, options)));
    imap.greeting = await imap.line();
    return imap;
  }

  /** Runs a command; gives all lines up to its answer. */
  async run(command) {
    const tag = `a${++this.#count}`;
    this.write(`${tag} ${command}\r\n`);
    const lines = [];
    for (let line = await this.line(); line !== null; line = await this.line()) {
      lines.push(line);
      if (line.startsWith(`${tag} `)) break;
    }
    return lines;
  }

  async login(user) { return this.run(`LOGIN "${user.name}" "${user.password}"`); }

  end() { this.socket.destroy(); }
}

/** Delivers a message to an address as another server would. */
export async function deliver(port, to, message) {
  const smtp = new Lines(await connected(net.connect(port, '127.0.0.1')));
  const say = async text => {
    if (text) smtp.write(text + '\r\n');
    for (;;) {
      const line = await smtp.line();
      if (line === null || line[3] !== '-') return line;
    }
  };
  await say('');
  await say('EHLO client.example.net');
  await say('MAIL FROM:<sender@example.net>');
  await say(`RCPT TO:<${to}>`);
  await say('DATA');
  const reply = await say(message + '\r\n.');
  smtp.socket.destroy();
  return reply;
}

/** Sends bytes as they are to an HTTP port, and gives all of the answer. */
export function raw(port, request, isTls = true) {
  return new Promise((resolve, reject) => {
    const socket = isTls ? tlsTo(port, { ALPNProtocols: ['http/1.1'] }) : net.connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.setTimeout(30_000, () => socket.destroy());
    socket.on(isTls ? 'secureConnect' : 'connect', () => socket.write(Buffer.from(request, 'latin1')));
    socket.on('data', data => { text += data; });
    socket.on('close', () => resolve(text));
    socket.on('error', error => (text ? resolve(text) : reject(error)));
  });
}
