/** Runs outside programs: always with a time limit, always ended by their own process id. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export { sleep };

/** The output and exit status of a finished program. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end (or kills it after the time limit) and returns what it left. */
export function attempt(
  program: string,
  args: string[],
  seconds = 20,
  extraEnv: Record<string, string> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      {
        timeout: seconds * 1000,
        killSignal: "SIGKILL",
        maxBuffer: 16e6,
        env: { ...process.env, ...extraEnv },
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

/** As `attempt`, but a failure is an error. Returns standard output. */
export async function run(
  program: string,
  args: string[],
  seconds = 20,
  extraEnv: Record<string, string> = {},
): Promise<string> {
  const outcome = await attempt(program, args, seconds, extraEnv);
  if (outcome.code !== 0) {
    throw new Error(
      `${program} ${args.join(" ")}: exit ${outcome.code}: ${outcome.stderr || outcome.stdout}`,
    );
  }
  return outcome.stdout;
}

/** A program that runs in the background until it is stopped. */
export class Background {
  #child: ChildProcess;
  #ended: Promise<void>;
  output = "";

  constructor(program: string, args: string[], extraEnv: Record<string, string> = {}) {
    this.#child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...extraEnv },
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once("exit", () => resolve());
      this.#child.once("error", (error) => {
        this.output += String(error);
        resolve();
      });
    });
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-20_000);
    };
    this.#child.stdout?.on("data", keep);
    this.#child.stderr?.on("data", keep);
  }

  /** Asks the program to end, and insists after some seconds. */
  async stop(signal: NodeJS.Signals = "SIGTERM", seconds = 4): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill(signal);
    await Promise.race([this.#ended, sleep(seconds * 1000, undefined, { ref: false })]);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill("SIGKILL");
      await this.#ended;
    }
  }
}

/** Waits until a condition holds; an error names it if it does not within the time limit. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 10,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await sleep(100);
  }
}
