/** The truth of each capture, and the file pcaps/truth.json that holds it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Phase } from "../../src/diagnosis/finding.js";

/** The conclusions of a perfect reader of one capture. */
export interface Truth {
  status: "healthy" | "up" | "degraded" | "suspected" | "failing" | "nothing-to-judge";
  failingPhase: Phase | null;
  /** All codes at severity critical or warning, the root cause first. */
  findings: string[];
  /** Codes at severity info that must be there; others may be. */
  info: string[];
  /** The frame at which a competent engineer would speak: see decided.ts. */
  decidedAt?: number;
  /** The content of this capture, if it differs from the scenario's description. */
  seen?: string;
}

export type Vantage = "near-initiator" | "near-responder" | "between" | "unknown";

/** One entry of truth.json. */
export interface CaptureTruth extends Omit<Truth, "seen"> {
  file: string;
  scenario: string;
  origin: "lab" | "lab-edited";
  description: string;
  vantage: Vantage;
}

export const healthy = (info: string[] = [], seen = ""): Truth => ({
  status: "healthy",
  failingPhase: null,
  findings: [],
  info,
  seen,
});

export const failing = (failingPhase: Phase, finding: string, info: string[] = [], seen = ""): Truth => ({
  status: "failing",
  failingPhase,
  findings: [finding],
  info,
  seen,
});

/** As `failing`, and less sure. */
export const suspected = (phase: Phase, finding: string, info: string[] = []): Truth => ({
  ...failing(phase, finding, info),
  status: "suspected",
});

export const degraded = (findings: string[], info: string[] = [], seen = ""): Truth => ({
  ...healthy(info, seen),
  status: "degraded",
  findings,
});

/** The same at both ends. */
export const both = (truth: Truth): { initiator: Truth; responder: Truth } => ({
  initiator: truth,
  responder: truth,
});

/** Nothing of the tunnel reached this place. */
export const empty: Truth = {
  status: "nothing-to-judge",
  failingPhase: null,
  findings: [],
  info: ["capture-empty"],
  seen: "nothing of it reaches this place",
};

export function truthEntry(
  file: string,
  scenario: string,
  description: string,
  vantage: Vantage,
  truth: Truth,
  origin: "lab" | "lab-edited" = "lab",
): CaptureTruth {
  const { seen, ...conclusion } = truth;
  const sentence = seen ? `${description}; seen here: ${seen}.` : `${description}.`;
  return { file, scenario, origin, description: sentence, vantage, ...conclusion };
}

/**
 * Writes entries into truth.json: they replace those of the same file; entries without a file go. What was added to an
 * entry by hand (`decidedAt` of a scenario without a rule for it, `soonAccept`, `nearMissOf`) stays: after a new run, look.
 */
export function writeTruth(path: string, entries: CaptureTruth[]): void {
  const old = existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as { captures: CaptureTruth[] }).captures
    : [];
  const byFile = new Map(old.map((entry) => [entry.file, entry]));
  for (const entry of entries) byFile.set(entry.file, { ...byFile.get(entry.file), ...entry });
  const captures = [...byFile.values()]
    .filter(({ file }) => existsSync(join(dirname(path), file)))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
  // Lists of codes go on one line, as the formatter has it.
  const json = JSON.stringify({ captures }, null, 2).replace(/\[\s+("[^\]]*")\s+\]/g, (_, codes: string) => {
    return `[${codes.replace(/\s+/g, " ")}]`;
  });
  writeFileSync(path, `${json}\n`);
}
