import { say } from "../texts/message.js";
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { FrameRef } from "../bytes/frame.js";
import { inFrames, type MessageFilter } from "../report/decode/attributes.js";
import { MessageCensus } from "../report/decode/census.js";
import { parseFilter } from "../report/decode/filter.js";
import { FilterError } from "../report/decode/filter-values.js";
import { UsageError, literal } from "./exit.js";
import { judgeCaptures } from "./judge-captures.js";
import { judgedAlone } from "./judge-terms.js";
import type { ReadingTerms } from "./reading-terms.js";

/** Options that say what of the captures is shown. */
export interface FilterFlags {
  readonly filter?: string;
  readonly frame?: string;
}

/** A filter, and what is counted of all that it sees. */
export interface ChosenMessages {
  readonly filter: MessageFilter;
  readonly census: MessageCensus;
}

/**
 * The filter of the options, null where they name none. One that asks for findings reads the captures once to judge them.
 * Throws UsageError for what cannot be meant.
 */
export async function filterOf(
  { filter, frame }: FilterFlags,
  terms: Pick<ReadingTerms, "captures" | "window">,
  signal: AbortSignal,
): Promise<ChosenMessages | null> {
  const parts: MessageFilter[] = [];
  const asked: string[] = [];
  if (frame !== undefined) parts.push(read("--frame", () => inFrames(numbered(frame, terms.captures))));
  if (filter !== undefined) {
    const { findings, attributes, bind } = read("--filter", () => parseFilter(filter));
    const cited = findings.length === 0 ? null : await citedFrames(terms, signal);
    parts.push(bind((code) => cited?.get(code) ?? new Set()));
    asked.push(...attributes);
  }
  if (parts.length === 0) return null;
  const census = new MessageCensus(asked);
  return {
    census,
    filter: (seen) => {
      census.count(seen);
      return parts.every((part) => part(seen));
    },
  };
}

/** The message if a filter lets nothing through: what was asked for, and what there is. */
export function nothingChosen({ filter, frame }: FilterFlags, census: MessageCensus): UsageError {
  const asked = [
    ...(frame === undefined ? [] : [`--frame ${frame}`]),
    ...(filter === undefined ? [] : [`--filter '${filter}'`]),
  ];
  return new UsageError(say`no IKE message matches ${literal(asked.join(" "))}: ${census.text()}`);
}

/** "2:12" of "DIR/gw2.pcap:12", as decode writes frames of several files; what names no file stands as it is. */
function numbered(frame: string, files: readonly string[]): string {
  const behind = frame.lastIndexOf(":");
  const name = frame.slice(0, Math.max(0, behind));
  const named = files.findIndex((file) => file === name || basename(file) === name);
  return named < 0 ? frame : `${named + 1}${frame.slice(behind)}`;
}

function read<T>(option: string, readIt: () => T): T {
  try {
    return readIt();
  } catch (error) {
    if (error instanceof FilterError) throw new UsageError(say`${option}: ${error.said}`);
    throw error;
  }
}

/** Frames that each finding cites: a first pass over the captures. */
async function citedFrames(
  { captures, window }: Pick<ReadingTerms, "captures" | "window">,
  signal: AbortSignal,
): Promise<Map<string, Set<FrameRef>>> {
  if (captures.includes("-")) {
    throw new UsageError(
      "a filter by finding reads the capture twice, so it takes files, not standard input",
    );
  }
  // A signal ends both passes: of frames that are cited in part nothing is printed.
  const goOn = async (): Promise<boolean> => {
    await setImmediate();
    return !signal.aborted;
  };
  const { judgement } = await judgeCaptures(judgedAlone(captures, window), { signal, goOn });
  const cited = new Map<string, Set<FrameRef>>();
  for (const { code, evidence } of judgement.findings) {
    const frames = cited.get(code) ?? new Set();
    for (const { frame } of evidence) frames.add(frame);
    cited.set(code, frames);
  }
  return cited;
}
