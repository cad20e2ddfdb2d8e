import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of this machine; null where there is none. */
export const CHROMIUM: string | null =
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file)) ?? null;

/** A page that was opened, and all that it did which a report must not do. */
export interface Opened {
  readonly page: Page;
  /** Console errors, exceptions, violations of its policy, and requests to anywhere but the file itself. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Opens pages from files, as people open a report. */
export class Pages {
  readonly #browser: Browser;
  readonly #folder = mkdtempSync(join(tmpdir(), "ikescope-pages-"));
  #count = 0;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<Pages> {
    if (CHROMIUM === null) throw new Error("there is no Chromium");
    // Its sandbox needs rights that root in a container lacks; the page under test is our own.
    return new Pages(await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] }));
  }

  async open(
    html: string,
    options: BrowserContextOptions & { readonly hash?: string } = {},
  ): Promise<Opened> {
    const file = join(this.#folder, `report-${++this.#count}.html`);
    writeFileSync(file, html);
    const { hash = "", ...settings } = options;
    return this.#opened(`file://${file}`, hash, settings);
  }

  /** Opens a page that a server of our own gives. */
  visit(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
    return this.#opened(url, "", options);
  }

  async #opened(address: string, hash: string, settings: BrowserContextOptions): Promise<Opened> {
    const context = await this.#browser.newContext(settings);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("dialog", (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = request.url();
      // A worker's code that the page made itself.
      const isOwn = url.startsWith(address) || url === "data:," || url.startsWith("blob:null/");
      if (!isOwn) faults.push(`request ${url}`);
    });
    await page.addInitScript(
      `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        throw new Error("policy " + violatedDirective + " " + blockedURI);
      })`,
    );
    await page.goto(`${address}${hash}`);
    return { page, faults, close: () => context.close() };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Run in a page: the lowest contrast of its visible text against what is behind it, as WCAG 2 computes it. */
export const LOWEST_CONTRAST = `(() => {
  const colour = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const contrasts = [...document.querySelectorAll("body *")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => {
      const style = getComputedStyle(element);
      const text = element instanceof SVGElement ? style.fill : style.color;
      const [a, b] = [luminance(colour(text)), luminance(behind(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
  return Math.min(...contrasts);
})()`;
