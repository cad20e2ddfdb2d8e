import type { FrameRef } from "../bytes/frame.js";
import { inFrames, type MessageFilter } from "../report/decode/attributes.js";
import { parseFilter } from "../report/decode/filter.js";
import { FilterError } from "../report/decode/filter-values.js";
import { UsageError } from "./exit.js";
import { judgeCaptures } from "./judge-captures.js";

/** Options that say what of the captures is shown. */
export interface FilterFlags {
  readonly filter?: string;
  readonly frame?: string;
}

/**
 * The filter of the options, null where they name none. One that asks for findings reads the captures once to judge them.
 * Throws UsageError for what cannot be meant.
 */
export async function filterOf(
  files: readonly string[],
  { filter, frame }: FilterFlags,
  signal: AbortSignal,
): Promise<MessageFilter | null> {
  const parts: MessageFilter[] = [];
  if (frame !== undefined) parts.push(read("--frame", () => inFrames(frame)));
  if (filter !== undefined) {
    const { findings, bind } = read("--filter", () => parseFilter(filter));
    const cited = findings.length === 0 ? null : await citedFrames(files, signal);
    parts.push(bind((code) => cited?.get(code) ?? new Set()));
  }
  return parts.length === 0 ? null : (seen) => parts.every((part) => part(seen));
}

function read<T>(option: string, readIt: () => T): T {
  try {
    return readIt();
  } catch (error) {
    if (error instanceof FilterError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}

/** Frames that each finding cites: a first pass over the captures. */
async function citedFrames(
  files: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Set<FrameRef>>> {
  if (files.includes("-")) {
    throw new UsageError(
      "a filter by finding reads the capture twice, so it takes files, not standard input",
    );
  }
  const { judgement } = await judgeCaptures(files, { peer: null, key: null }, signal);
  const cited = new Map<string, Set<FrameRef>>();
  for (const { code, evidence } of judgement.findings) {
    const frames = cited.get(code) ?? new Set();
    for (const { frame } of evidence) frames.add(frame);
    cited.set(code, frames);
  }
  return cited;
}
