import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Outcome } from "../command.js";
import { eventually } from "./eventually.js";

/** The command as `npm run bundle` makes it. */
export const IKESCOPE = fileURLToPath(new URL("../../../bin/ikescope.js", import.meta.url));

/** An event as a line of --json has it, as far as tests look at it. */
export interface JsonEvent {
  readonly event: string;
  readonly time: string;
  readonly text?: string;
  readonly reason?: string;
  readonly why?: string;
  readonly count?: number;
  readonly tunnel?: { readonly id: number; readonly peers: readonly string[] } | null;
  readonly finding?: {
    readonly code: string;
    readonly severity: string;
    readonly phase: string | null;
    readonly evidence: readonly { readonly frame: number }[];
  };
}

export function eventsIn(text: string): JsonEvent[] {
  return linesOf(text).map((line) => JSON.parse(line) as JsonEvent);
}

/** Lines that are whole. */
export function linesOf(text: string): string[] {
  return text.split("\n").slice(0, -1);
}

/** A running `ikescope live`, and all that it has printed. */
export class LiveRun {
  readonly #child: ChildProcess;
  #stdout = "";
  #stderr = "";
  #ended: Outcome | null = null;

  /** `command` is the whole command line. One that is not `heard` has a reader of standard output that stands still. */
  constructor(command: readonly string[], env: NodeJS.ProcessEnv = {}, isHeard = true) {
    const [program = "", ...args] = command;
    // Else who started the tests by sudo would matter.
    const { SUDO_USER: _, ...own } = process.env;
    this.#child = spawn(program, args, { env: { ...own, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
    if (isHeard) this.hear();
    this.#child.on("error", (error) => (this.#stderr += error.message));
    this.#child.on("close", (code) => {
      this.#ended = { code, stdout: this.#stdout, stderr: this.#stderr };
    });
  }

  /** Its process; `ip netns exec` has become the program itself. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** The events on standard output so far. */
  get events(): readonly JsonEvent[] {
    return eventsIn(this.#stdout);
  }

  /** Begins to read standard output. */
  hear(): void {
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.#stdout += text));
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** What `probe` finds in the end; fails where the program ends before. */
  async until<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const printed = (): string => `${what}; it printed\n${this.#stdout}\n${this.#stderr}`;
    return eventually(printed, async () => {
      const isOver = this.#ended !== null;
      const found = await probe();
      if (found === undefined && isOver) throw new Error(`it ended before ${printed()}`);
      return found;
    });
  }

  /** The event of that kind on standard output, the second one of it for `count` 2, once it has come. */
  async event(kind: string, count = 1): Promise<JsonEvent> {
    return this.until(
      `${kind} (${count})`,
      () => this.events.filter(({ event }) => event === kind)[count - 1],
    );
  }

  /** A line of standard output that matches, once it has come. */
  async line(pattern: RegExp): Promise<string> {
    return this.until(String(pattern), () => linesOf(this.#stdout).find((line) => pattern.test(line)));
  }

  /** How it ended, once it has. */
  async end(): Promise<Outcome> {
    return eventually(
      () => `its end; it printed\n${this.#stdout}\n${this.#stderr}`,
      () => this.#ended ?? undefined,
    );
  }

  /** Ends it as a crash would, where it still runs. */
  async kill(): Promise<void> {
    if (this.#ended !== null) return;
    this.#child.kill("SIGKILL");
    this.#child.stdout?.destroy();
    await this.end();
  }
}
