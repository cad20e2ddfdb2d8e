import { inEnglish } from "../../../src/texts/texts.js";
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { LiveBackend, LiveEnding, LiveOptions } from "../../../src/capture/node/live/live-capture.js";
import type { CaptureChange } from "../../../src/capture/node/live/supervisor.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CAP_CHILD = join(ROOT, "dist/cli/cap-child.cjs");

/** Where the package cap is looked for by what lies outside of the repository. */
export const NODE_PATH = [join(ROOT, "node_modules"), process.env["NODE_PATH"] ?? ""].join(delimiter);

export interface WatchRequest {
  readonly backend: LiveBackend | "auto";
  readonly options: LiveOptions;
  readonly supervise: boolean;
}

export interface WatchedPacket {
  readonly kind: "packet";
  readonly hex: string;
  readonly originalLength: number;
  readonly linkType: number;
  /** Microseconds since 1970. */
  readonly time: number;
}

/** An event that the program of watcher.ts prints. */
export type WatchEvent =
  | { readonly kind: "open"; readonly backend: string; readonly clock: string; readonly pid: number }
  | WatchedPacket
  | { readonly kind: "ended"; readonly ending: LiveEnding; readonly drops: number | null }
  | { readonly kind: "fault"; readonly fault: string; readonly message: string }
  | { readonly kind: "drops"; readonly drops: number | null }
  | { readonly kind: "change"; readonly change: CaptureChange }
  | { readonly kind: "closed" };

type EventOf<K extends WatchEvent["kind"]> = Extract<WatchEvent, { readonly kind: K }>;

/** The program of watcher.ts, made one file that every user can read. */
export class WatchProgram {
  readonly #folder = mkdtempSync(join(tmpdir(), "ikescope-live-"));

  static async make(): Promise<WatchProgram> {
    const program = new WatchProgram();
    chmodSync(program.#folder, 0o755);
    await build({
      entryPoints: [join(ROOT, "test/support/live/watcher.ts")],
      outfile: join(program.#folder, "watcher.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "warning",
    });
    if (existsSync(CAP_CHILD)) copyFileSync(CAP_CHILD, join(program.#folder, "cap-child.cjs"));
    return program;
  }

  /** Runs it; `before` is what leads into a namespace, or to another user. */
  start(before: readonly string[], request: WatchRequest): Watch {
    const watcher = [process.execPath, join(this.#folder, "watcher.mjs"), JSON.stringify(request)];
    const [command = "", ...args] = [...before, ...watcher];
    return new Watch(spawn(command, args, { env: { ...process.env, NODE_PATH } }));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A running watcher, and all that it has printed. */
export class Watch {
  readonly #child: ChildProcess;
  readonly #events: WatchEvent[] = [];
  #stderr = "";
  #isOver = false;
  #wake: () => void = () => {};

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdin?.on("error", () => {});
    child.stderr?.on("data", (text: Buffer) => (this.#stderr += text.toString()));
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.#events.push(JSON.parse(line) as WatchEvent);
        this.#wake();
      });
    }
    child.on("close", () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  get packets(): readonly WatchedPacket[] {
    return this.#events.filter((event) => event.kind === "packet");
  }

  /** The events of a kind, as soon as there are so many; an error where the watcher ends before. */
  async until<K extends WatchEvent["kind"]>(kind: K, count = 1): Promise<EventOf<K>[]> {
    for (;;) {
      const found = this.#events.filter((event): event is EventOf<K> => event.kind === kind);
      if (found.length >= count) return found;
      if (this.#isOver) {
        throw new Error(`the watcher ended after ${JSON.stringify(this.#events.at(-1))}: ${this.#stderr}`);
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The newest change, as soon as one of that kind has come. */
  async untilChange(kind: CaptureChange["kind"], count = 1): Promise<string> {
    for (let seen = 1; ; seen++) {
      const changes = await this.until("change", seen);
      const found = changes.filter(({ change }) => change.kind === kind);
      const last = found[count - 1];
      if (last !== undefined) return inEnglish(last.change.text);
    }
  }

  say(word: "close" | "stop" | "ask"): void {
    this.#child.stdin?.write(`${word}\n`);
  }

  /** Lets it do nothing, not even read, until it may go on. */
  freeze(isFrozen: boolean): void {
    this.#child.kill(isFrozen ? "SIGSTOP" : "SIGCONT");
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    if (this.#isOver || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const over = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await over;
  }
}
