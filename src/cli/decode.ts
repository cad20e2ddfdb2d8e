import { frameNumber, type FrameRef } from "../bytes/frame.js";
import { openCaptures } from "../capture/node/open.js";
import { analyze, decodeMessages } from "../index.js";
import { FilterError, parseFilter, type MessageFilter } from "../report/decode/filter.js";
import { type DecodeForm, decodeTap } from "./decode-tap.js";
import { EXIT, reportFault, UsageError } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { reopening } from "./judge-captures.js";
import { LineOutput } from "./line-output.js";

export interface DecodeFlags extends DecodeForm {
  readonly filter?: string;
  readonly frame?: string;
}

/** `ikescope decode`: every IKE message of the captures, a line, a tree or an object each, as it is read. */
export async function decodeCommand(files: readonly string[], flags: DecodeFlags): Promise<void> {
  const filter = await filterOf(files, flags);
  const interrupt = interruptSignal();
  const output = new LineOutput(process.stdout);
  try {
    const source = await openCaptures(files);
    const tap = decodeTap(flags, filter, { files }, output);
    const error = await decodeMessages(source, tap, {
      signal: interrupt.signal,
      pause: () => output.drained(),
    });
    await output.end();
    process.exitCode = error === null ? EXIT.ok : reportFault(error);
  } finally {
    interrupt.dispose();
  }
}

async function filterOf(
  files: readonly string[],
  { filter, frame }: DecodeFlags,
): Promise<MessageFilter | null> {
  const parts: MessageFilter[] = [];
  if (frame !== undefined) parts.push(frameFilter(frame));
  if (filter !== undefined) parts.push(await expressionFilter(files, filter));
  return parts.length === 0 ? null : (seen) => parts.every((part) => part(seen));
}

/** "12" or "12-20". */
function frameFilter(text: string): MessageFilter {
  const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === "") throw new UsageError(`--frame takes a number or a range such as 12-20, not "${text}"`);
  return ({ sighting }) =>
    sighting.frames.some((frame) => frameNumber(frame) >= Number(from) && frameNumber(frame) <= Number(to));
}

async function expressionFilter(files: readonly string[], text: string): Promise<MessageFilter> {
  try {
    const { findings, bind } = parseFilter(text);
    const cited = findings.length === 0 ? new Map<string, Set<FrameRef>>() : await citedFrames(files);
    return bind((code) => cited.get(code) ?? new Set());
  } catch (error) {
    if (error instanceof FilterError) throw new UsageError(`--filter: ${error.message}`);
    throw error;
  }
}

/** Frames that each finding cites: a first pass over the captures. */
async function citedFrames(files: readonly string[]): Promise<Map<string, Set<FrameRef>>> {
  if (files.includes("-")) {
    throw new UsageError(
      "a filter by finding reads the capture twice, so it takes files, not standard input",
    );
  }
  const { judgement } = await analyze(await openCaptures(files), { reopen: reopening(files, null) });
  const cited = new Map<string, Set<FrameRef>>();
  for (const { code, evidence } of judgement.findings) {
    const frames = cited.get(code) ?? new Set();
    for (const { frame } of evidence) frames.add(frame);
    cited.set(code, frames);
  }
  return cited;
}
