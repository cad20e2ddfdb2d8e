import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SeededRandom } from "../support/capture/random.js";
import { drawn, type Fault, faultsIn, IN_DISORDER } from "./checks.js";
import { seeds } from "./inputs.js";
import { mutated } from "./mutate.js";

/**
 * Mutates captures for some minutes and looks at what is made of them, in this process. Prints the seed that runs the same
 * again, the first inputs of each kind of fault, and how much was tried; exit status 1 where there was a fault. What costs
 * much is looked at for a drawn share of the captures (SHARES), with --whole for each.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    captures: { type: "string", default: "Infinity" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    keep: { type: "string" },
    whole: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
const mostCaptures = Number(values.captures);
const seed = Number(values.seed);
if (!(minutes > 0) || !(mostCaptures > 0) || !Number.isInteger(seed)) {
  process.stderr.write("npm run fuzz -- --minutes N [--captures N] [--seed N] [--whole] [--keep FOLDER]\n");
  process.exit(2);
}

/** More than this of memory for input of this size is growth, bytes. */
const MOST_GROWTH = 100 * 1024 * 1024;
/** Inputs after which all that is made once has been made, and after which memory is measured each time. */
const WARM = 50;
const MEASURED_EACH = 2500;
/** Inputs of one kind of fault that are kept and told. */
const MOST_KEPT = 25;
const PROGRESS_MS = 60_000;

/** Kinds that are counted, and are no failure while they are as few; the figures and reasons are in docs/reliability.md. */
const COUNTED = new Set([
  `extract: another verdict${IN_DISORDER}`,
  `anonymize: another verdict${IN_DISORDER}`,
  // A hash cannot go on to fit an address that comes only behind it.
  "anonymize: another NAT hash",
  `anonymize: another NAT hash${IN_DISORDER}`,
]);
const MOST_COUNTED = 1 / 100;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "ikescope-fuzz-"));
const kinds = new Map<string, number>();
const all = await seeds();
const began = performance.now();
const ends = began + minutes * 60_000;
let told = began;
let captures = 0;
let messages = 0;
let slowest = { milliseconds: 0, seed };
let warm = 0;
let largest = 0;
process.stdout.write(`fuzz: --seed ${seed}, ${all.length} captures to begin from\n`);
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
for (; captures < mostCaptures && performance.now() < ends && !stop.signal.aborted; captures++) {
  const number = seed + captures;
  const random = new SeededRandom(number);
  const input = mutated(all, random);
  // By the clock, what else runs on the machine is the slowest.
  const before = process.cpuUsage();
  const faults = await faultsIn(input.bytes, input.disordered, drawn(random, values.whole), random);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1000;
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, seed: number };
  messages += input.messages;
  for (const fault of faults) note(fault, number, input.name, input.bytes);
  if (captures === WARM) warm = largest = await memoryHeld();
  if (captures % MEASURED_EACH === MEASURED_EACH - 1) largest = Math.max(largest, await memoryHeld());
  if (performance.now() - told > PROGRESS_MS) {
    told = performance.now();
    // Signals come in a turn of their own.
    await setTimeout(1);
    process.stdout.write(`${summary()}\n`);
  }
}
if (warm > 0) largest = Math.max(largest, await memoryHeld());
if (largest - warm > MOST_GROWTH) {
  const what = `${mebibytes(warm)} to ${mebibytes(largest)} MiB`;
  note({ kind: "growth", what }, seed, "all", new Uint8Array(0));
}
for (const [kind, count] of kinds) process.stdout.write(`fuzz: ${count} x ${kind}\n`);
process.stdout.write(`${summary()}\n`);
const failed = [...kinds].filter(
  ([kind, count]) => !COUNTED.has(kind) || count > Math.max(2, captures * MOST_COUNTED),
);
process.exitCode = failed.length === 0 ? 0 : 1;

function summary(): string {
  const seconds = (performance.now() - began) / 1000;
  return (
    `fuzz: ${captures} captures, ${messages} mutated messages in ${Math.round(seconds)} s, slowest ${Math.round(slowest.milliseconds)} ms of processor time ` +
    `(--seed ${slowest.seed}), ` +
    `memory ${mebibytes(warm)} to ${mebibytes(largest)} MiB, ${kinds.size} kinds of faults`
  );
}

function note({ kind, what }: Fault, number: number, name: string, bytes: Uint8Array): void {
  const count = (kinds.get(kind) ?? 0) + 1;
  kinds.set(kind, count);
  if (count > MOST_KEPT) return;
  const file = join(folder, `${kind.replaceAll(/[^a-z]+/g, "-")}-${number}.pcap`);
  writeFileSync(file, bytes);
  process.stdout.write(`fuzz: ${kind} (--seed ${number}, from ${name}): ${what}\n  ${file}\n`);
}

/** What is still held when all that can be is given back, bytes. */
async function memoryHeld(): Promise<number> {
  // Memory of WebAssembly is given back in a later turn than it is found to be free.
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await setTimeout(20);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
