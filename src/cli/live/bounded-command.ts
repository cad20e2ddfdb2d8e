import { errorMessage } from "../exit.js";
import { type Message, say } from "../../texts/message.js";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export interface CommandLimits {
  /** How long it may run, and how long it has to end itself after SIGTERM, milliseconds. */
  readonly limitMs: number;
  readonly graceMs: number;
}

/** Why a command failed, as a phrase, and the last line that it said; null where it did not fail. */
export interface CommandFailure {
  readonly reason: Message;
  readonly lastLine: string;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such command",
  EACCES: "it may not be executed",
  ENOEXEC: "it is no program (a script begins with #! and its interpreter)",
};
/** How long words of a command that has ended are waited for: somebody who left its group may hold the pipe. */
const WORDS_MS = 500;
/** Pieces of standard error come no faster than this: whoever floods it is held up, not we. */
const PIECE_MS = 10;
const TAIL = 4096;
const LONGEST_LINE = 300;

type Child = ChildProcessByStdio<Writable, null, Readable>;

/**
 * One run of a command in a process group of its own, without a shell. When it is over, nothing of
 * the group is left: not where it took too long, not where it ended and left children, not where we end.
 */
export class BoundedCommand {
  /** Never rejects. */
  readonly done: Promise<CommandFailure | null>;
  readonly #limits: CommandLimits;
  #pid: number | null = null;
  #isLate = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #onExit = (): void => this.#signal("SIGKILL");

  /** `command` is a program, by its path or a name that PATH of `env` leads to, and its arguments; `input` is what it reads. */
  constructor(command: readonly string[], input: string, env: NodeJS.ProcessEnv, limits: CommandLimits) {
    this.#limits = limits;
    this.done = this.#run(command, input, env);
  }

  /** Asks the command to end, and ends it where it does not. */
  stop(): void {
    if (this.#pid === null) return;
    clearTimeout(this.#timer);
    this.#signal("SIGTERM");
    this.#timer = setTimeout(() => this.#signal("SIGKILL"), this.#limits.graceMs);
  }

  async #run(
    [program = "", ...words]: readonly string[],
    input: string,
    env: NodeJS.ProcessEnv,
  ): Promise<CommandFailure | null> {
    const tail = new Tail();
    try {
      const child = spawn(program, words, { detached: true, env, stdio: ["pipe", "ignore", "pipe"] });
      // A command need not read all of its input.
      child.stdin.on("error", () => {});
      child.stdin.end(input);
      const reason = await this.#ended(child, tail);
      return reason === null ? null : { reason, lastLine: tail.lastLine() };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      return { reason: REASONS[code] ?? errorMessage(error), lastLine: "" };
    } finally {
      clearTimeout(this.#timer);
      process.off("exit", this.#onExit);
      this.#pid = null;
    }
  }

  /** Why it failed, or null, once it and all that it started have ended. */
  async #ended(child: Child, tail: Tail): Promise<Message | null> {
    const words = wordsOf(child.stderr, tail);
    this.#pid = child.pid ?? null;
    process.on("exit", this.#onExit);
    this.#timer = setTimeout(() => {
      this.#isLate = true;
      this.stop();
    }, this.#limits.limitMs);
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (...how) => resolve(how));
    });
    clearTimeout(this.#timer);
    this.#signal("SIGKILL");
    this.#pid = null;
    this.#timer = setTimeout(() => child.stderr.destroy(), WORDS_MS);
    await words;
    child.stdin.destroy();
    if (this.#isLate) return say`it did not end within ${this.#limits.limitMs / 1000} s and was ended`;
    if (signal !== null) return say`it was ended by ${signal}`;
    return code === 0 ? null : say`it ended with status ${code ?? "unknown"}`;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#pid === null) return;
    try {
      process.kill(-this.#pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  }
}

/** Reads to the end, unhurried. */
function wordsOf(stderr: Readable, tail: Tail): Promise<void> {
  return new Promise((resolve) => {
    stderr.on("data", (chunk: Uint8Array) => {
      tail.add(chunk);
      stderr.pause();
      setTimeout(() => stderr.resume(), PIECE_MS);
    });
    stderr.on("error", () => {});
    stderr.on("close", resolve);
  });
}

/** The end of what a command said. */
class Tail {
  #bytes: Uint8Array = new Uint8Array(0);

  add(chunk: Uint8Array): void {
    const joined = new Uint8Array(Math.min(TAIL, this.#bytes.length + chunk.length));
    const newest = chunk.subarray(-joined.length);
    const kept = joined.length - newest.length;
    if (kept > 0) joined.set(this.#bytes.subarray(this.#bytes.length - kept));
    joined.set(newest, kept);
    this.#bytes = joined;
  }

  lastLine(): string {
    const lines = new TextDecoder().decode(this.#bytes).split("\n");
    return (lines.findLast((line) => line.trim() !== "") ?? "").trim().slice(0, LONGEST_LINE);
  }
}
