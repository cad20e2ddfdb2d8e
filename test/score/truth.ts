import { existsSync, readFileSync } from "node:fs";

/** What is known of one labelled capture, from how it was made. */
export interface Truth {
  readonly file: string;
  readonly scenario: string;
  readonly origin: "lab" | "lab-edited" | "generated";
  readonly description: string;
  readonly vantage: string;
  readonly status: string;
  readonly failingPhase: string | null;
  /** Codes at critical or warning: the exact set, the root cause first. */
  readonly findings: readonly string[];
  /** Codes at info that must be among the others. */
  readonly info: readonly string[];
  /** Of a failing label: number of the frame at which a competent engineer who saw no more would speak. */
  readonly decidedAt?: number;
  /** Codes that are right too while the capture ends soon after `decidedAt`, or a part of it is missing. */
  readonly soonAccept?: readonly string[];
  /** Codes that this capture nearly shows, and that must not be said of it: not at all, or as information where `info` has them. */
  readonly nearMissOf?: readonly string[];
  /** Recordings that show the same as this generated capture, as files in pcaps/ without their ending. */
  readonly confirmedBy?: readonly string[];
}

export const PCAPS = new URL("../../pcaps/", import.meta.url);
/** Labelled captures of which ikescope does not yet get all right: the score shows them when asked, no test holds them. */
export const NEXT = new URL("next/", PCAPS);

/** All labels of a folder. Throws where the file is missing or a labelled capture is. */
export function readTruth(folder: URL = PCAPS): readonly Truth[] {
  const { captures } = JSON.parse(readFileSync(new URL("truth.json", folder), "utf8")) as {
    captures: readonly Truth[];
  };
  const missing = captures.filter(({ file }) => !existsSync(new URL(file, folder)));
  if (missing.length > 0) throw new Error(`no capture for ${missing.map(({ file }) => file).join(", ")}`);
  return captures;
}
