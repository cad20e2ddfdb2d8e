import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A whole process as the system accounted for it. */
export interface Run {
  readonly seconds: number;
  /** Largest resident set, MB; null where `/usr/bin/time` is not there. */
  readonly megabytes: number | null;
}

const TIME = "/usr/bin/time";
const RUNS = 5;

function run(command: readonly string[]): Run | null {
  const timed = existsSync(TIME) ? [TIME, "-f", "%M", ...command] : command;
  const [program = "", ...args] = timed;
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (error !== undefined || status === null || status > 1) return null;
  const kilobytes = Number(stderr.trim().split("\n").at(-1));
  return { seconds, megabytes: timed === command || Number.isNaN(kilobytes) ? null : kilobytes / 1024 };
}

/** Medians of alternating runs of several commands, so that the machine's moods hit all alike; null where one fails. */
export function compare(commands: readonly (readonly string[])[]): (Run | null)[] {
  for (const command of commands) run(command);
  const runs: Run[][] = commands.map(() => []);
  for (let round = 0; round < RUNS; round++) {
    for (const [index, command] of commands.entries()) {
      const result = run(command);
      if (result !== null) runs[index]?.push(result);
    }
  }
  return runs.map((results) => {
    if (results.length < RUNS) return null;
    const megabytes = results.map((result) => result.megabytes).filter((size) => size !== null);
    return {
      seconds: median(results.map(({ seconds }) => seconds)),
      megabytes: megabytes.length === 0 ? null : Math.max(...megabytes),
    };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Processor time, user and system, of the quickest of several runs; null where it cannot be measured. */
export function processorTime(
  command: readonly string[],
  runs: number,
): { readonly seconds: number; readonly megabytes: number } | null {
  let best: { readonly seconds: number; readonly megabytes: number } | null = null;
  for (let left = runs; left > 0; left--) {
    const { status, stderr, error } = spawnSync(TIME, ["-f", "%U %S %M", ...command], {
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (error !== undefined || status === null || status > 1) return null;
    const [user, system, kilobytes] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
    const seconds = (user ?? Number.NaN) + (system ?? Number.NaN);
    if (Number.isNaN(seconds)) return null;
    if (best === null || seconds < best.seconds) best = { seconds, megabytes: (kilobytes ?? 0) / 1024 };
  }
  return best;
}
