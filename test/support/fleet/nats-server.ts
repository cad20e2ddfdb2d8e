import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../live/eventually.js";

/** Debian's package puts it where only root's PATH looks. */
const PROGRAM = ["nats-server", "/usr/sbin/nats-server"].find(
  (name) => spawnSync(name, ["--version"]).error === undefined,
);
export const HAS_NATS_SERVER = PROGRAM !== undefined;

/** A nats-server of loopback with a folder of its own, on a port that the system chose. */
export class NatsTestServer {
  readonly folder = mkdtempSync(join(tmpdir(), "ikescope-nats-"));
  #child: ChildProcess | null = null;
  /** Written by it since it started, or was told to reload. */
  #log = "";
  #port = -1;

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** Starts it, on the same port and with the same store where it ran before. `config`: besides where it listens and stores. */
  async start(config = ""): Promise<void> {
    const file = join(this.folder, "nats.conf");
    writeFileSync(file, this.#head(config) + config);
    const child = spawn(PROGRAM ?? "", ["-c", file], { stdio: ["ignore", "ignore", "pipe"] });
    this.#log = "";
    child.stderr.on("data", (text: Buffer) => (this.#log += text.toString()));
    this.#child = child;
    this.#port = await eventually(
      () => `the port of nats-server; it said ${this.#log}`,
      () => this.#portOf(child.pid),
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
    writeFileSync(join(this.folder, "nats.conf"), this.#head(config) + config);
    this.#log = "";
    this.#child?.kill("SIGHUP");
    await eventually(
      () => `a word of nats-server that it has reloaded; it said ${this.#log}`,
      () => (this.#log.includes("Reloaded server configuration") ? true : undefined),
    );
  }

  #head(config: string): string {
    const own = `listen: "127.0.0.1:${this.#port}"\nports_file_dir: "${this.folder}"\n`;
    const store = /\bjetstream\b/.test(config) ? "" : `jetstream { store_dir: "${this.folder}/js" }\n`;
    return own + store;
  }

  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const over = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await over;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
