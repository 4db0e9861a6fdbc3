// A browser of its own for each visitor: cookies, window and colours. Whatever goes wrong in it is kept.
import { chromium } from 'playwright-core';

// Debian's browser, without what it would ask its maker for.
const Flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-features=OptimizationHints,MediaRouter,Translate',
];

export const Phone = { width: 360, height: 740 };
export const Desktop = { width: 1280, height: 860 };

// Only something that hangs takes so long: the machine may have much else to do.
const PatienceMs = 60_000;

export const launch = executablePath => chromium.launch({ executablePath, args: Flags, headless: true, timeout: PatienceMs });

/** Origin of an address; null where there is none, as for an empty page. */
const originOf = address => (URL.canParse(address) && /^https?:/.test(address) ? new URL(address).origin : null);

export class Visitor {
  troubles = [];

  /** @param options js, dark, phone; agent: what the browser says it is. */
  static async open(browser, { js = true, dark = false, phone = false, agent } = {}) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext({
      javaScriptEnabled: js, colorScheme: dark ? 'dark' : 'light', viewport: phone ? Phone : Desktop, isMobile: phone, hasTouch: phone,
      ignoreHTTPSErrors: true, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...(agent === undefined ? {} : { userAgent: agent }),
    });
    visitor.context.setDefaultTimeout(PatienceMs);
    visitor.page = await visitor.newPage();
    return visitor;
  }

  /** A further window of the same visitor. */
  async newPage() {
    const page = await this.context.newPage();
    page.on('request', request => {
      const [to, from] = [originOf(request.url()), originOf(request.frame().url())];
      if (!request.isNavigationRequest() && from !== null && to !== null && to !== from) this.troubles.push(`request to another host: ${request.url()}`);
    });
    // Refused forms are pages with a status of their own; what a page loads must be there, which is looked at below.
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type()) && !/server responded with a status of 4\d\d/.test(message.text())) this.troubles.push(`console: ${message.text()}`);
    });
    page.on('response', response => {
      if (response.status() >= 400 && !response.request().isNavigationRequest()) this.troubles.push(`${response.status()} for ${response.url()}`);
    });
    page.on('pageerror', error => this.troubles.push(`script: ${error.message}`));
    page.on('dialog', dialog => {
      this.troubles.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    return page;
  }

  /** What went wrong since the last time, and forgets it. */
  takeTroubles() {
    return this.troubles.splice(0);
  }

  get = url => this.page.goto(url, { waitUntil: 'load' });

  /** Presses a button that leads to a page; gives the last answer. */
  async press(button, page = this.page) {
    const [response] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), (typeof button === 'string' ? page.locator(button) : button).click()]);
    return response;
  }

  /** Presses a button that gives a file; gives its path and name. */
  async download(button) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.locator(button).click()]);
    return { path: await download.path(), name: download.suggestedFilename() };
  }

  /** Fills in the sign-in page; gives the answer. */
  async signIn(origin, name, password) {
    await this.get(`${origin}/sign-in`);
    await this.page.fill('main input[name=name]', name);
    await this.page.fill('main input[name=password]', password);
    return this.press('main button[type=submit]');
  }

  text = () => this.page.locator('main').innerText();

  /** The token that forms of this visitor carry now. */
  async token(origin, path = '/') {
    const html = await (await this.context.request.get(origin + path)).text();
    return /name="form-token" value="([^"]*)"/.exec(html)?.[1] ?? '';
  }

  /** Sends a form without a browser's help: no Origin, no Sec-Fetch-Site, only cookies. */
  async post(url, fields, { multipart = false, headers = {} } = {}) {
    return this.context.request.post(url, { [multipart ? 'multipart' : 'form']: fields, headers, maxRedirects: 0, failOnStatusCode: false });
  }

  close = () => this.context.close();
}
