import { CaptureReader } from "../../src/capture/reader.js";
import { SMALLEST_JUMP } from "../../src/diagnosis/clock.js";
import { AnonymizedSource, analyze, EspKernel, type Judgement, toReport } from "../../src/index.js";
import { emptyKernel, KernelBytes } from "../support/capture/kernel-bytes.js";
import type { SeededRandom } from "../support/capture/random.js";
import { extractFor, judgeBytes, readerOf, verdictOf } from "../support/extract.js";
import { recordsOf, replay } from "../support/live/replay.js";
import { RENDERERS } from "../support/outputs.js";
import { faultsOf } from "../support/schema.js";
import { textFaults } from "./text-faults.js";

/** Longest that one input may take, of any of the ways it is read, milliseconds of processor time. */
const LONGEST_MS = 2000;
const KEY = new TextEncoder().encode("a secret of the fuzz run");
/** As far as live goes in steps of its own: a capture of ten years is stepped over. */
const LIVE_STEPS = 300;
const LIVE_TICK = 200_000;
/** Pieces in which the kernel is given a capture: none, one or many of its records lie across two. */
const PIECES = [1000, 4096, 65_536] as const;
const kernel = new EspKernel(64);
/**
 * Stands behind kinds of captures whose packets are in no order in time: how far apart packets lie decides what belongs
 * together, and what was left out or waited for lies elsewhere in them.
 */
export const IN_DISORDER = ", in disorder";

/** What is looked at, and one of how many captures it is drawn for: the dearer, the fewer. The analysis and JSON always are. */
const SHARES = {
  text: 4,
  kernel: 4,
  anonymize: 4,
  extract: 4,
  markdown: 8,
  ladder: 8,
  decode: 8,
  "decode --verbose": 16,
  "decode --json": 16,
  html: 16,
  "anonymize: outputs": 32,
  live: 32,
} as const;

export type Check = keyof typeof SHARES;

/** Something wrong with an input: of which kind, and what. */
export interface Fault {
  readonly kind: string;
  readonly what: string;
}

/** The checks that are drawn for an input; all of them where `isWhole`. */
export function drawn(random: SeededRandom, isWhole: boolean): ReadonlySet<Check> {
  const all = Object.keys(SHARES) as Check[];
  return new Set(all.filter((check) => random.below(SHARES[check]) === 0 || isWhole));
}

/**
 * Finds all that is wrong with how a capture is read, judged, printed, cut out, made anonymous and followed live. `isDisordered`:
 * its packets are in no order, or its clock was set.
 */
export async function faultsIn(
  bytes: Uint8Array,
  isDisordered: boolean,
  checks: ReadonlySet<Check>,
  random: SeededRandom,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const add = (kind: string, what: string): void => void faults.push({ kind, what: what.slice(0, 300) });
  const step = async <T>(kind: string, run: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await timed(run, (times) => add(`${kind}: slow`, times));
    } catch (error) {
      add(`${kind}: exception`, error instanceof Error ? (error.stack ?? error.message) : String(error));
      return null;
    }
  };
  const drawnStep = async (kind: Check, run: () => Promise<void>): Promise<void> => {
    if (checks.has(kind)) await step(kind, run);
  };

  const analysis = await step("analyze", () => analyze(readerOf(bytes)));
  if (analysis === null) return faults;
  const { judgement, error } = analysis;
  const isSetBack = judgement.files.some(({ stepBack }) => (stepBack?.by ?? 0) >= SMALLEST_JUMP);
  const edge = isSetBack || isDisordered ? IN_DISORDER : "";
  for (const fault of faultsOf(toReport(judgement, "0.0.0"))) add("json: schema", fault);
  for (const [name, render] of Object.entries(RENDERERS)) {
    if (name !== "json" && !checks.has(name as Check)) continue;
    const output = await step(name, () => render(judgement, () => readerOf(bytes)));
    for (const { kind, what } of textFaults(name, output ?? "")) add(`${name}: ${kind}`, what);
  }

  const piece = PIECES[random.below(PIECES.length)] ?? PIECES[0];
  await drawnStep("kernel", async () => {
    emptyKernel(kernel);
    const fast = await analyze(new CaptureReader(new KernelBytes(kernel, bytes, piece)), { kernel });
    const [one, other] = [judgement, fast.judgement].map((each) => JSON.stringify(toReport(each, "0")));
    if (one !== other) add("kernel: another report", `${piece}: ${difference(one ?? "", other ?? "")}`);
  });
  const open = (): AnonymizedSource => new AnonymizedSource(readerOf(bytes), KEY);
  await drawnStep("anonymize", async () => {
    const anonymous = (await analyze(open())).judgement;
    const [one, other] = [judgement, anonymous].map((each) => findingsOf(each, ALL));
    if (one === other) return;
    const isNat = findingsOf(judgement, BUT_NAT) === findingsOf(anonymous, BUT_NAT);
    add(`anonymize: another ${isNat ? "NAT hash" : "verdict"}${edge}`, difference(one ?? "", other ?? ""));
  });
  await drawnStep("anonymize: outputs", async () => {
    const anonymous = (await analyze(open())).judgement;
    for (const render of Object.values(RENDERERS)) await render(anonymous, open);
  });
  // A file that ends in a fault is not cut out.
  if (error !== null) return faults;
  await drawnStep("extract", async () => {
    const extract = await judgeBytes(await extractFor(judgement, readerOf(bytes)));
    const [one, other] = [judgement, extract].map((each) => JSON.stringify(verdictOf(each)));
    if (one !== other) add(`extract: another verdict${edge}`, difference(one ?? "", other ?? ""));
  });
  await drawnStep("live", async () => {
    const times = (await recordsOf(readerOf(bytes))).map(({ time }) => time);
    const span = times.reduce((most, time) => Math.max(most, time), 0) - (times[0] ?? 0);
    await replay(readerOf(bytes), { tick: Math.max(LIVE_TICK, Math.ceil(span / LIVE_STEPS)) });
  });
  return faults;
}

const ALL: ReadonlySet<string> = new Set();
/** Findings that say nothing but what NAT detection hashes fit. */
const BUT_NAT: ReadonlySet<string> = new Set(["nat-detected", "nat-forced-encapsulation"]);

/** What has to be the same when names are not: status, phase and findings of each tunnel, and of the capture. */
function findingsOf({ status, tunnels, findings }: Judgement, without: ReadonlySet<string>): string {
  const codes = (list: Judgement["findings"]): string[] =>
    list
      .filter(({ severity, code }) => severity !== "info" || !without.has(code))
      .map(
        ({ severity, code, evidence }) =>
          `${severity} ${code} ${evidence.map(({ frame }) => frame).join(",")}`,
      );
  return JSON.stringify({
    status,
    capture: codes(findings.filter(({ tunnel }) => tunnel === null)),
    tunnels: tunnels.map((judged) => [judged.status, judged.failingPhase, codes(judged.findings)]),
  });
}

/** Where two texts part. */
function difference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 80);
  return `${around(one)} | ${around(other)}`;
}

/** Runs it; where it is slow by the clock and then again by processor time, `isSlow` is told the times. */
async function timed<T>(run: () => T | Promise<T>, isSlow: (times: string) => void): Promise<T> {
  const began = performance.now();
  const made = await run();
  const took = performance.now() - began;
  if (took <= LONGEST_MS) return made;
  // What else runs on the machine makes a step slow by the clock.
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  const again = (user + system) / 1000;
  if (again > LONGEST_MS) isSlow(`${Math.round(took)} ms, then ${Math.round(again)} ms of processor time`);
  return made;
}
