import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SeededRandom } from "../support/capture/random.js";
import { type Fault, faultsIn } from "./checks.js";
import { seeds } from "./inputs.js";
import { mutated } from "./mutate.js";

/**
 * Mutates captures for some minutes and looks at all that is made of them, in this process. Prints the seed that runs the same
 * again, each kind of fault once with the input that shows it, and how much was tried; exit status 1 where there was a fault.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    captures: { type: "string", default: "Infinity" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    keep: { type: "string" },
  },
});
const minutes = Number(values.minutes);
const mostCaptures = Number(values.captures);
const seed = Number(values.seed);
if (!(minutes > 0) || !(mostCaptures > 0) || !Number.isInteger(seed)) {
  process.stderr.write("npm run fuzz -- --minutes N [--captures N] [--seed N] [--keep FOLDER]\n");
  process.exit(2);
}

/** More than this of memory for input of this size is growth, bytes. */
const MOST_GROWTH = 100 * 1024 * 1024;
/** Inputs after which all that is made once has been made. */
const WARM = 50;

/**
 * Kinds that are counted, and are no failure while they are as few: a mutated capture may stand on the edge of a verdict. The
 * figures are in docs/reliability.md.
 */
const COUNTED = new Set([
  "extract: another verdict",
  "anonymize: another verdict",
  // Open: see there.
  "kernel: another report",
  "extract: another verdict, in disorder",
  "anonymize: another verdict, in disorder",
]);
/** Kinds that are told apart where the packets are in no order in time. */
const DISORDERED = new Set(["extract: another verdict", "anonymize: another verdict"]);
const MOST_COUNTED = 1 / 25;

interface Seen {
  count: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "ikescope-fuzz-"));
const kinds = new Map<string, Seen>();
const all = seeds();
const ends = performance.now() + minutes * 60_000;
let captures = 0;
let messages = 0;
let slowest = 0;
let warm = 0;
let largest = 0;
process.stdout.write(`fuzz: --seed ${seed}, ${all.length} captures to begin from\n`);
for (; captures < mostCaptures && performance.now() < ends; captures++) {
  const number = seed + captures;
  const input = await mutated(all, new SeededRandom(number));
  const began = process.cpuUsage();
  const faults = await faultsIn(input.bytes);
  const { user, system } = process.cpuUsage(began);
  slowest = Math.max(slowest, (user + system) / 1000);
  messages += input.messages;
  for (const { kind, what } of faults) {
    const isEdge = input.disordered && DISORDERED.has(kind);
    note({ kind: isEdge ? `${kind}, in disorder` : kind, what }, number, input.name, input.bytes);
  }
  if (captures % WARM !== WARM - 1) continue;
  const held = await memoryHeld();
  if (warm === 0) warm = held;
  largest = Math.max(largest, held);
}
if (warm > 0 && largest - warm > MOST_GROWTH) {
  note(
    { kind: "growth", what: `${mebibytes(warm)} to ${mebibytes(largest)} MiB` },
    seed,
    "all",
    new Uint8Array(0),
  );
}
for (const [kind, { count }] of kinds) process.stdout.write(`fuzz: ${count} x ${kind}\n`);
process.stdout.write(
  `fuzz: ${captures} captures, ${messages} mutated messages, slowest ${Math.round(slowest)} ms, ` +
    `memory ${mebibytes(warm)} to ${mebibytes(largest)} MiB, ${kinds.size} kinds of faults\n`,
);
const failed = [...kinds].filter(
  ([kind, { count }]) => !COUNTED.has(kind) || count > Math.max(2, captures * MOST_COUNTED),
);
process.exitCode = failed.length === 0 ? 0 : 1;

function note({ kind, what }: Fault, number: number, name: string, bytes: Uint8Array): void {
  const seen = kinds.get(kind);
  if (seen !== undefined) {
    seen.count++;
    return;
  }
  const file = join(folder, `${kind.replaceAll(/[^a-z]+/g, "-")}-${number}.pcap`);
  writeFileSync(file, bytes);
  kinds.set(kind, { count: 1 });
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
