import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { printable } from "../../../bytes/text.js";
import { StreamBytes } from "../stream-bytes.js";
import { faultOf } from "./faults.js";
import { GuardedChild } from "./guarded-child.js";
import { type LiveCapture, type LiveEnding, LiveError, type LiveOptions } from "./live-capture.js";
import type { Said, Tool } from "./tool.js";
import { say, verbatim } from "../../../texts/message.js";

/** How long a tool may take until it captures: names in a filter are looked up first. */
const START_MS = 15_000;
/** How long it may take to end when asked to. */
const END_MS = 2000;
/** Its last words that are kept. */
const MOST_WORDS = 20;
const SIGUSR1 = 10;

/** A capture by a program that writes a pcap stream to its standard output. */
export class ChildCapture implements LiveCapture {
  readonly backend;
  readonly clock;
  readonly name: string;
  readonly ending: Promise<LiveEnding>;
  readonly #tool: Tool;
  readonly #options: LiveOptions;
  readonly #child: GuardedChild;
  readonly #bytes: StreamBytes;
  readonly #words: string[] = [];
  #drops: number | null = null;
  #filterFault: string | null = null;
  #missing: string | null = null;
  #isInterfaceGone = false;
  #isClosing = false;
  /** Its bytes came to their end without our doing; that it has ended may not be known yet. */
  #endsByItself = false;
  #tellRunning: () => void = () => {};
  /** The first bytes, which were awaited before the capture was handed out. */
  #first: Uint8Array | null = null;

  private constructor(tool: Tool, options: LiveOptions) {
    this.backend = tool.backend;
    this.clock = tool.clock;
    this.name = options.interface;
    this.#tool = tool;
    this.#options = options;
    const [program, ...args] = tool.command(options);
    this.#child = new GuardedChild(program, args);
    this.#bytes = new StreamBytes(options.interface, this.#child.stdout);
    const lines = createInterface({ input: this.#child.stderr });
    const silent = new Promise<void>((resolve) => lines.once("close", resolve));
    lines.on("line", (line) => this.#hear(line, tool.hear(line)));
    // The last line that the child writes tells why it ended.
    this.ending = this.#child.exited.then(async (exit) => {
      await Promise.race([silent, sleep(END_MS, undefined, { ref: false })]);
      return this.#endingOf(exit);
    });
  }

  /** Starts a capture and waits until it runs. Throws LiveError where it cannot. */
  static async open(tool: Tool, options: LiveOptions): Promise<ChildCapture> {
    const capture = new ChildCapture(tool, options);
    const told = new Promise<void>((resolve) => (capture.#tellRunning = resolve));
    const running = told.then(() => capture.#awaitHeader());
    const timer = new AbortController();
    const late = sleep(START_MS, "late" as const, { signal: timer.signal }).catch(() => "late" as const);
    const outcome = await Promise.race([running, capture.ending, late]);
    timer.abort();
    if (outcome === "running") return capture;
    await capture.close();
    if (outcome === "late") {
      throw new LiveError("ended", say`${tool.backend} did not begin to capture within ${START_MS / 1000} s`);
    }
    throw await capture.#fault();
  }

  /** Id of the process that captures. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  async read(): Promise<Uint8Array | null> {
    const first = this.#first;
    this.#first = null;
    const chunk = first ?? (await this.#bytes.read());
    if (chunk === null && !this.#isClosing) this.#endsByItself = true;
    return chunk;
  }

  drops(): number | null {
    return this.#drops;
  }

  askDrops(): void {
    // Whoever does not listen for the signal dies of it.
    if (catches(this.#child.pid, SIGUSR1)) this.#child.kill("SIGUSR1");
  }

  stop(): void {
    this.#isClosing = !this.#endsByItself;
    this.#child.kill("SIGTERM");
  }

  async close(): Promise<void> {
    this.stop();
    const timer = new AbortController();
    const patience = sleep(END_MS, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([this.#child.exited, patience]);
    timer.abort();
    this.#child.kill("SIGKILL");
    await this.#child.exited;
    await this.#bytes.close();
  }

  /** Without the header of the file, a capture that ends at once would be a damaged file to its reader. */
  async #awaitHeader(): Promise<"running" | LiveEnding> {
    // A fault of reading ends it as well, and the ending says more.
    this.#first = await this.#bytes.read().catch(() => null);
    return this.#first === null ? this.ending : "running";
  }

  #hear(line: string, said: Said): void {
    switch (said.kind) {
      case "running":
        this.#tellRunning();
        break;
      case "drops":
        this.#drops = said.count;
        break;
      case "interface-gone":
        this.#isInterfaceGone = true;
        break;
      case "bad-filter":
        this.#filterFault = said.reason;
        break;
      case "missing":
        this.#missing = said.advice;
        break;
      case "words":
        this.#words.push(line.replace(`${this.#tool.backend}: `, "").trim());
        if (this.#words.length > MOST_WORDS) this.#words.shift();
        break;
      case "noise":
        break;
    }
  }

  #endingOf({ code, signal }: Awaited<GuardedChild["exited"]>): LiveEnding {
    const { backend } = this;
    const name = printable(this.#options.interface);
    if (this.#isInterfaceGone) return { kind: "interface-gone", text: say`the interface ${name} went away` };
    if (this.#isClosing) return { kind: "closed", text: say`the capture on ${name} was closed` };
    if (signal !== null) return { kind: "killed", text: say`${backend} was ended by ${signal}` };
    const last = this.#words.at(-1);
    const words = last === undefined ? "" : say`: ${verbatim(printable(last))}`;
    return { kind: "failed", text: say`${backend} ended with exit status ${code ?? "unknown"}${words}` };
  }

  async #fault(): Promise<LiveError> {
    const words = this.#words;
    const fault = faultOf(this.#tool, this.#options, {
      words,
      filterFault: this.#filterFault,
      missing: this.#missing,
    });
    if (fault.kind !== "ended" || !(await this.#tool.blamesFilter?.(this.#options))) return fault;
    const filterFault = words.at(-1) ?? "it cannot be compiled";
    return faultOf(this.#tool, this.#options, { words, filterFault, missing: null });
  }
}

/** Whether a process handles a signal itself, as the kernel tells. */
function catches(pid: number | undefined, signal: number): boolean {
  if (pid === undefined) return false;
  try {
    const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return mask !== undefined && ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
  } catch {
    return false;
  }
}
