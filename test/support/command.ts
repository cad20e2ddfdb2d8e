import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Outcome, runInProcess } from "./command-in-process.js";

export type { Outcome };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Starts the command with the given arguments, its standard input a pipe. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [`${ROOT}bin/ikescope.js`, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
}

/** Everything that a started command prints, and its exit status. */
export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, stdout, stderr };
}

/**
 * Runs the command to its end: in this process, or as a child where it needs one: `input` goes to its standard input, and `live`
 * may change the user that it runs as.
 */
export async function ikescope(args: readonly string[], input?: Uint8Array): Promise<Outcome> {
  const needsChild = input !== undefined || args.includes("-") || args[0] === "live";
  return needsChild ? spawned(args, input) : runInProcess(ROOT, args);
}

/** Runs the command to its end in this process, with some variables of the environment changed. */
export async function ikescopeWith(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Outcome> {
  return runInProcess(ROOT, args, env);
}

/** Runs the command to its end as a child. */
export async function spawned(args: readonly string[], input?: Uint8Array): Promise<Outcome> {
  const child = start(args);
  const done = outcomeOf(child);
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  return done;
}
