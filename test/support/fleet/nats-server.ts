import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../live/eventually.js";
import { NatsProcess } from "./nats-process.js";

/** A nats-server of loopback with a folder of its own, on a port that the system chose. */
export class NatsTestServer {
  readonly folder = mkdtempSync(join(tmpdir(), "ikescope-nats-"));
  readonly #process = new NatsProcess(join(this.folder, "nats.conf"));
  #port = -1;

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** Starts it, on the same port and with the same store where it ran before. `config`: besides where it listens and stores. */
  async start(config = ""): Promise<void> {
    this.#write(config);
    this.#process.start();
    this.#port = await eventually(
      () => `the port of nats-server; it said ${this.#process.log}`,
      () => this.#portOf(this.#process.pid),
    );
  }

  #portOf(pid: number | undefined): number | undefined {
    const name = readdirSync(this.folder).find((one) => one.endsWith(`_${pid}.ports`));
    if (name === undefined) return undefined;
    const text = readFileSync(join(this.folder, name), "utf8");
    if (text === "") return undefined;
    const { nats } = JSON.parse(text) as { readonly nats: readonly string[] };
    const port = Number(new URL(nats[0] ?? "").port);
    return port > 0 ? port : undefined;
  }

  /** Has it read another configuration, as it does on SIGHUP; fulfilled when it works by that. */
  async reload(config: string): Promise<void> {
    this.#write(config);
    this.#process.forgetLog();
    this.#process.signal("SIGHUP");
    await eventually(
      () => `a word of nats-server that it has reloaded; it said ${this.#process.log}`,
      () => (this.#process.log.includes("Reloaded server configuration") ? true : undefined),
    );
  }

  #write(config: string): void {
    writeFileSync(join(this.folder, "nats.conf"), this.#head(config) + config);
  }

  #head(config: string): string {
    const own = `listen: "127.0.0.1:${this.#port}"\nports_file_dir: "${this.folder}"\n`;
    const store = /\bjetstream\b/.test(config) ? "" : `jetstream { store_dir: "${this.folder}/js" }\n`;
    return own + store;
  }

  stop(signal?: NodeJS.Signals): Promise<void> {
    return this.#process.stop(signal);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
