import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import type { Scripted } from "./judging-page.js";

const NAMES = ["firefox", "firefox-esr"];

/** The Firefox of this machine; null where there is none. */
export const FIREFOX: string | null =
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file)) ?? null;

const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  // On a busy machine a script takes as long as it takes.
  "dom.max_script_run_time": 0,
  "dom.max_chrome_script_run_time": 0,
  "marionette.port": 0,
  // Whatever asks for something by HTTP, Firefox itself too, gets nothing.
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "intl.locale.requested": "en-US",
  // Files are saved without a question, into a folder of ours.
  "browser.download.folderList": 2,
  "browser.download.useDownloadDir": true,
  "browser.download.always_ask_before_handling_new_types": false,
  "browser.download.alwaysOpenPanel": false,
};

/** CSS pixels; Firefox makes no window narrower than 450. */
const NARROWEST_WINDOW = 585;

/** In the profile's folder. */
const DOWNLOADS = "downloads";

/** Keys without a character, as WebDriver names them. */
const KEYS: Readonly<Record<string, string>> = {
  Tab: "\uE004",
  Enter: "\uE007",
  Escape: "\uE00C",
  Home: "\uE011",
  ArrowDown: "\uE015",
  ArrowRight: "\uE014",
};

/** Run with the rights of the browser: gathers errors, warnings and requests of pages. */
const WATCH = `
  globalThis.faults = [];
  Services.console.registerListener({
    observe(message) {
      try { message.QueryInterface(Ci.nsIScriptError); } catch { return; }
      if (!message.isFromChromeContext && /^(file|blob|http):/.test(message.sourceName)) faults.push(message.errorMessage);
    },
  });
  Services.obs.addObserver((channel) => {
    channel.QueryInterface(Ci.nsIHttpChannel);
    if (channel.loadInfo.browsingContextID !== 0) faults.push("request " + channel.URI.spec);
  }, "http-on-modify-request");
`;

/** Run with the rights of the browser: the path of the next file that a page saves, once it is whole; told once. */
const WAIT_FOR_DOWNLOAD = `
  const { Downloads } = ChromeUtils.importESModule("resource://gre/modules/Downloads.sys.mjs");
  return (async () => {
    const list = await Downloads.getList(Downloads.ALL);
    const ended = ({ stopped, succeeded, error }) => stopped && (succeeded || error);
    const download = await new Promise((resolve) => {
      const look = (one) => ended(one) && resolve(one);
      list.addView({ onDownloadAdded: look, onDownloadChanged: look });
    });
    await list.remove(download);
    if (download.error) throw download.error;
    return download.target.path;
  })();
`;

const CONSOLE = `Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage)`;
/** Run with the rights of the browser in the process of a page: what it said on its console. */
const SAID = `return ${CONSOLE}.getEvents()
  .filter(({ filename }) => /^(file|blob|http):/.test(filename))
  .map(({ level, arguments: said }) => level + " " + [...said].map(String).join(" "))`;

/** Requests of a page for files: those show in its own list alone. */
const LOADED = `performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !name.startsWith("blob:"))`;

/** A page in Firefox, and all that it did which it must not do. */
export interface FirefoxPage extends Scripted {
  /** Console messages, exceptions, violations of its policy, and requests. */
  faults(): Promise<readonly string[]>;
  /** Presses keys as somebody who types: "Tab", "Enter", "Escape", "ArrowDown", or a character. */
  press(...keys: readonly string[]): Promise<void>;
  /** The file that the page saves while `action` runs, once it is whole. */
  saved(action: () => Promise<unknown>): Promise<{ readonly name: string; readonly bytes: Buffer }>;
}

/** Firefox without a window, driven by its own protocol (Marionette), which Debian's package has and needs no driver. */
export class Firefox {
  readonly #child: ChildProcess;
  readonly #wire: MarionetteWire;
  readonly #folder: string;
  #count = 0;

  private constructor(child: ChildProcess, wire: MarionetteWire, folder: string) {
    this.#child = child;
    this.#wire = wire;
    this.#folder = folder;
  }

  static async start(): Promise<Firefox> {
    if (FIREFOX === null) throw new Error("there is no Firefox");
    const folder = mkdtempSync(join(tmpdir(), "ikescope-firefox-"));
    mkdirSync(join(folder, DOWNLOADS));
    const preferences = { ...PREFERENCES, "browser.download.dir": join(folder, DOWNLOADS) };
    const lines = Object.entries(preferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    );
    writeFileSync(join(folder, "user.js"), lines.join("\n"));
    const args = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"];
    const child = spawn(FIREFOX, [...args, "--profile", folder, "about:blank"], {
      stdio: "ignore",
      env: { ...process.env, HOME: folder },
    });
    const port = await Promise.race([
      portIn(folder),
      once(child, "exit").then(() => Promise.reject(new Error("Firefox ended"))),
    ]);
    const wire = await MarionetteWire.open(port);
    await wire.send("WebDriver:NewSession", {
      capabilities: { alwaysMatch: { timeouts: { script: 120_000 } } },
    });
    const firefox = new Firefox(child, wire, folder);
    await firefox.#asBrowser(WATCH);
    return firefox;
  }

  /** Opens a page from a file, as people do; `hash` stands behind its address. */
  async open(html: string, hash = ""): Promise<FirefoxPage> {
    const file = join(this.#folder, `page-${++this.#count}.html`);
    writeFileSync(file, html);
    return this.#opened(`file://${file}${hash}`, () => false);
  }

  /** Shows pages on a screen so many CSS pixels wide, in light or dark: the one that is open, and those that follow. */
  async screen(width: number, scheme: "light" | "dark"): Promise<void> {
    // Its windows are not as narrow as a phone; a page that is zoomed is.
    const zoom = Math.max(1, NARROWEST_WINDOW / width);
    await this.#wire.send("WebDriver:SetWindowRect", { width: Math.round(width * zoom), height: 900 });
    await this.#asBrowser(`
      Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", ${scheme === "dark" ? 0 : 1});
      const { gBrowser } = Services.wm.getMostRecentWindow("navigator:browser");
      gBrowser.selectedBrowser.fullZoom = ${zoom};
    `);
  }

  /** The whole page that is open, as PNG. */
  async picture(): Promise<Buffer> {
    const { value } = (await this.#wire.send("WebDriver:TakeScreenshot", { full: true })) as {
      value: string;
    };
    return Buffer.from(value, "base64");
  }

  /** Opens a page that a server of our own gives; what it asks that server for is no fault. */
  visit(url: string): Promise<FirefoxPage> {
    return this.#opened(url, (asked) => asked.startsWith(url));
  }

  async #opened(url: string, isOwn: (asked: string) => boolean): Promise<FirefoxPage> {
    await this.#asBrowser("faults.length = 0");
    await this.#inPage(`${CONSOLE}.clearEvents()`);
    await this.#wire.send("WebDriver:Navigate", { url });
    return {
      evaluate: <T>(expression: string) => this.#evaluate<T>(expression),
      faults: async () => [
        ...((await this.#asBrowser("return faults")) as string[]).filter(
          (fault) => !isOwn(fault.replace(/^request /, "")),
        ),
        ...((await this.#inPage(SAID)) as string[]),
        ...(await this.#evaluate<string[]>(LOADED)).filter((asked) => !isOwn(asked)),
      ],
      press: (...keys) => this.#press(keys),
      saved: (action) => this.#saved(action),
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    await this.#wire.send("Marionette:Quit", { flags: ["eForceQuit"] });
    await ended;
    this.#wire.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #evaluate<T>(expression: string): Promise<T> {
    const { value } = (await this.#wire.send("WebDriver:ExecuteAsyncScript", {
      args: [],
      script: `const [done] = arguments;
        (async () => (${expression}))().then((value) => done({ value }), (error) => done({ error: String(error) }));`,
    })) as { value: { value: T; error?: string } };
    if (value.error !== undefined) throw new Error(value.error);
    return value.value;
  }

  async #press(keys: readonly string[]): Promise<void> {
    const actions = keys.flatMap((key) => {
      const value = KEYS[key] ?? key;
      return [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ];
    });
    await this.#wire.send("WebDriver:PerformActions", {
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }

  async #inPage(script: string): Promise<unknown> {
    const answer = await this.#wire.send("WebDriver:ExecuteScript", { args: [], script, sandbox: "system" });
    return (answer as { value: unknown }).value;
  }

  /**
   * A file that `action` has the page save. Firefox tells when it is whole; its folder does not, where a file stands
   * under a name of its own before the last one.
   */
  async #saved(action: () => Promise<unknown>): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    await action();
    const path = String(await this.#asBrowser(WAIT_FOR_DOWNLOAD));
    const bytes = readFileSync(path);
    rmSync(path);
    return { name: basename(path), bytes };
  }

  async #asBrowser(script: string): Promise<unknown> {
    await this.#wire.send("Marionette:SetContext", { value: "chrome" });
    const answer = (await this.#wire.send("WebDriver:ExecuteScript", {
      args: [],
      script,
      sandbox: "faults",
      newSandbox: false,
    })) as { value: unknown };
    await this.#wire.send("Marionette:SetContext", { value: "content" });
    return answer.value;
  }
}

/** Firefox writes the port that it was given by the system into its profile. */
async function portIn(folder: string): Promise<number> {
  const name = "MarionetteActivePort";
  const read = (): number =>
    existsSync(join(folder, name)) ? Number(readFileSync(join(folder, name), "utf8")) : 0;
  const watcher = watch(folder);
  try {
    while (read() === 0) await once(watcher, "change");
    return read();
  } finally {
    watcher.close();
  }
}

type Settle = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** Marionette's messages: a length in decimal, a colon, JSON. Commands are answered by their number. */
class MarionetteWire {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Settle>();
  #bytes = Buffer.alloc(0);
  #number = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Firefox has gone"));
    });
  }

  static async open(port: number): Promise<MarionetteWire> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new MarionetteWire(socket);
  }

  send(name: string, parameters: object): Promise<unknown> {
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      const text = JSON.stringify([0, number, name, parameters]);
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const colon = this.#bytes.indexOf(":");
      const end = colon + 1 + Number(this.#bytes.subarray(0, Math.max(0, colon)));
      if (colon < 0 || this.#bytes.length < end) return;
      const message: unknown = JSON.parse(this.#bytes.subarray(colon + 1, end).toString());
      this.#bytes = this.#bytes.subarray(end);
      // The first message says who it is; all others are [1, number, error, result].
      if (Array.isArray(message)) this.#settle(message);
    }
  }

  #settle([, number, error, result]: readonly unknown[]): void {
    const settle = this.#waiting.get(Number(number));
    this.#waiting.delete(Number(number));
    if (error === null) settle?.resolve(result);
    else settle?.reject(new Error(JSON.stringify(error)));
  }
}
