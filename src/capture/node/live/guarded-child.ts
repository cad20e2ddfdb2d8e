import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { LiveError } from "./live-capture.js";
import { say } from "../../../texts/message.js";

/**
 * A process that cannot outlive us. A capture on a silent link would not notice that nobody reads it any more, and the
 * kernel's own help (PR_SET_PDEATHSIG) is lost as soon as a tool changes its user or has capabilities of its file. So a
 * shell waits beside it, on a line that we hold: where that breaks off without a word, by whatever end of ours, it kills
 * the tool. The tool replaces the shell that started the watch, so that its process id is the child's.
 */
const GUARD = `
tool=$$
(trap '' HUP INT TERM; read -r farewell <&3 || kill -KILL "$tool") >/dev/null 2>&1 &
exec 3<&-
exec "$@"
`;

export class GuardedChild {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended: its exit status, or the signal that ended it. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly #child: ChildProcess;

  /** Starts a program, given by its path. It speaks English and gets no signals of the terminal. */
  constructor(program: string, args: readonly string[]) {
    const child = spawn("/bin/sh", ["-c", GUARD, "sh", program, ...args], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C" },
      detached: true,
    });
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new LiveError("ended", say`${program} cannot be started`);
    const line = child.stdio[3];
    // The watch may be gone already, which is as good as told.
    line?.on("error", () => {});
    this.#child = child;
    this.stdout = stdout;
    this.stderr = stderr;
    this.exited = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void => {
        // Its process id may be another's soon: the watch must not kill that one.
        if (line !== undefined && line !== null && "end" in line) line.end("farewell\n");
        resolve({ code, signal });
      };
      child.once("exit", end);
      child.once("error", () => end(null, null));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends a signal, where it still runs. */
  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
