import { CaptureReader } from "../../src/capture/reader.js";
import { AnonymizedSource, analyze, EspKernel, type Judgement, toReport } from "../../src/index.js";
import { KernelBytes } from "../support/capture/kernel-bytes.js";
import { extractFor, judgeBytes, readerOf, verdictOf } from "../support/extract.js";
import { HOSTILE, STEERING } from "../support/hostile.js";
import { recordsOf, replay } from "../support/live/replay.js";
import { outputsOf } from "../support/outputs.js";
import { faultsOf } from "../support/schema.js";

/** Longest that one input may take, of any of the ways it is read, milliseconds of processor time. */
const LONGEST_MS = 2000;
const KEY = new TextEncoder().encode("a secret of the fuzz run");
/** As far as live goes in steps of its own: a capture of ten years is stepped over. */
const LIVE_STEPS = 300;
const LIVE_TICK = 200_000;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const NO_VALUE = /\b(NaN|undefined|Invalid Date|\[object Object\]|-?Infinity)\b/;
/** Text that came from a packet must not have become an element, or the link of one. */
const MARKUP = [/<img src=x/, /<script>document/, /<b>bold/, /\]\(javascript:/];

/** Something wrong with an input: of which kind, and what. */
export interface Fault {
  readonly kind: string;
  readonly what: string;
}

/** All that is wrong with how a capture is read, judged, printed, cut out, made anonymous and followed live. */
export async function faultsIn(bytes: Uint8Array): Promise<Fault[]> {
  const faults: Fault[] = [];
  const add = (kind: string, what: string): void => void faults.push({ kind, what: what.slice(0, 300) });
  const step = async <T>(kind: string, run: () => Promise<T>): Promise<T | null> => {
    try {
      const [made, took] = await timed(run);
      // What else runs on the machine makes a step slow once.
      if (took > LONGEST_MS) {
        const [, again] = await timed(run);
        if (again > LONGEST_MS) add(`${kind}: slow`, `${Math.round(took)} ms, then ${Math.round(again)} ms`);
      }
      return made;
    } catch (error) {
      add(`${kind}: exception`, error instanceof Error ? (error.stack ?? error.message) : String(error));
      return null;
    }
  };

  const analysis = await step("analyze", () => analyze(readerOf(bytes)));
  if (analysis === null) return faults;
  const { judgement, error } = analysis;
  const outputs = await step("outputs", () => outputsOf(judgement, () => readerOf(bytes)));
  for (const [name, output] of Object.entries(outputs ?? {})) {
    for (const fault of textFaults(name, output)) add(`${name}: ${fault.kind}`, fault.what);
  }
  for (const fault of faultsOf(toReport(judgement, "0.0.0"))) add("json: schema", fault);

  await step("kernel", async () => {
    // It remembers what it has counted: one for each capture.
    const kernel = new EspKernel(64);
    const fast = await analyze(new CaptureReader(new KernelBytes(kernel, bytes, 4096)), { kernel });
    const [one, other] = [judgement, fast.judgement].map((each) => JSON.stringify(toReport(each, "0")));
    if (one !== other) add("kernel: another report", difference(one ?? "", other ?? ""));
  });
  await step("anonymize", async () => {
    const open = (): AnonymizedSource => new AnonymizedSource(readerOf(bytes), KEY);
    const anonymous = (await analyze(open())).judgement;
    const [one, other] = [judgement, anonymous].map(findingsOf);
    if (one !== other) add("anonymize: another verdict", difference(one ?? "", other ?? ""));
    await outputsOf(anonymous, open);
  });
  // A file that ends in a fault is not cut out.
  if (error === null) {
    await step("extract", async () => {
      const extract = await judgeBytes(await extractFor(judgement, readerOf(bytes)));
      const [one, other] = [judgement, extract].map((each) => JSON.stringify(verdictOf(each)));
      if (one !== other) add("extract: another verdict", difference(one ?? "", other ?? ""));
    });
    await step("live", async () => {
      const times = (await recordsOf(readerOf(bytes))).map(({ time }) => time);
      const span = times.reduce((most, time) => Math.max(most, time), 0) - (times[0] ?? 0);
      await replay(readerOf(bytes), { tick: Math.max(LIVE_TICK, Math.ceil(span / LIVE_STEPS)) });
    });
  }
  return faults;
}

function textFaults(name: string, output: string): Fault[] {
  const faults: Fault[] = [];
  const found = (kind: string, at: RegExpExecArray | null): void => {
    if (at !== null)
      faults.push({ kind, what: JSON.stringify(output.slice(Math.max(0, at.index - 60), at.index + 60)) });
  };
  // The page brings a program of its own, in which such words are names.
  const text = name === "html" ? output.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "") : output;
  if (!HOSTILE.some((hostile) => text.includes(hostile))) found("no value", NO_VALUE.exec(text));
  found("cut surrogate pair", LONE_SURROGATE.exec(output));
  if (name !== "html") found("steers the terminal", STEERING.exec(output));
  if (name === "html" || name === "markdown") for (const markup of MARKUP) found("markup", markup.exec(text));
  return faults;
}

/** What has to be the same when names are not: status, phase and findings of each tunnel, and of the capture. */
function findingsOf({ status, tunnels, findings }: Judgement): string {
  const codes = (list: Judgement["findings"]): string[] =>
    list.map(
      ({ severity, code, evidence }) => `${severity} ${code} ${evidence.map(({ frame }) => frame).join(",")}`,
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

/** With the processor time that it took, in milliseconds. */
async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const began = process.cpuUsage();
  const made = await run();
  const { user, system } = process.cpuUsage(began);
  return [made, (user + system) / 1000];
}
