import type { Code } from "../../src/diagnosis/codes.js";
import { RULES } from "../../src/diagnosis/rules/index.js";
import { analyze, type Judgement } from "../../src/index.js";
import type { Labelled } from "./labelled.js";
import type { Truth } from "./truth.js";

/** What ikescope said of a labelled capture, in the words of the labels. */
interface Said {
  readonly status: string;
  readonly failingPhase: string | null;
  readonly vantage: string;
  readonly findings: readonly string[];
  readonly info: readonly string[];
}

const judged = new WeakMap<Labelled, Promise<Judgement>>();

/**
 * The judgement of a labelled capture. Each is made once for all test files that a worker runs: a dozen of them look at every
 * capture, and all of those judgements fit into 60 MB.
 */
export function judgeLabelled(capture: Labelled): Promise<Judgement> {
  const known = judged.get(capture) ?? judgeAnew(capture);
  judged.set(capture, known);
  return known;
}

async function judgeAnew({ open }: Labelled): Promise<Judgement> {
  const { judgement, error } = await analyze(await open(), { reopen: open });
  if (error !== null) throw error;
  return judgement;
}

function said(judgement: Judgement): Said {
  const { tunnels, status } = judgement;
  const tunnel = tunnels.find((judged) => judged.status === status) ?? tunnels[0];
  const codes = (isInfo: boolean): string[] =>
    judgement.findings.filter(({ severity }) => (severity === "info") === isInfo).map(({ code }) => code);
  return {
    status,
    failingPhase: tunnel?.failingPhase ?? null,
    vantage: tunnel?.vantage.place ?? "unknown",
    findings: codes(false),
    info: codes(true),
  };
}

/** Where what was said differs from the truth, a line each. */
export function differences(truth: Truth, judgement: Judgement): string[] {
  const answer = said(judgement);
  const lines: string[] = [];
  const compare = (what: string, is: unknown, wanted: unknown): void => {
    if (JSON.stringify(is) !== JSON.stringify(wanted)) {
      lines.push(`${what}: ${JSON.stringify(is)}, truth ${JSON.stringify(wanted)}`);
    }
  };
  compare("status", answer.status, truth.status);
  compare("failing phase", answer.failingPhase, truth.failingPhase);
  if (judgement.tunnels.length > 0) compare("vantage", answer.vantage, truth.vantage);
  compare("findings", answer.findings, truth.findings);
  const missing = truth.info.filter((code) => !answer.info.includes(code));
  if (missing.length > 0)
    lines.push(`info not given: ${missing.join(", ")} (given: ${answer.info.join(", ")})`);
  const trapped = trappedBy(truth, answer);
  if (trapped.length > 0) lines.push(`a near miss, and said all the same: ${trapped.join(", ")}`);
  return lines;
}

/** Codes said above info that the label does not have. */
function unknownTo({ findings }: Truth, judgement: Judgement): string[] {
  return said(judgement).findings.filter((code) => !findings.includes(code));
}

/** Codes that were said although the capture only looks like them. */
function trappedBy({ nearMissOf = [], info }: Truth, answer: Said): string[] {
  return nearMissOf.filter(
    (code) => answer.findings.includes(code) || (answer.info.includes(code) && !info.includes(code)),
  );
}

/** How one code fares over all labelled captures. */
export interface Tally {
  /** Captures whose label has the code, and how many of them are generated. */
  captures: number;
  generated: number;
  /** Captures of which it is the root cause, and where it was said first. */
  roots: number;
  first: number;
  /** Said where the label has it. */
  found: number;
  /** Said above info where the label does not have it, or of a near miss. */
  falseAlarms: number;
  nearMisses: number;
  /** Of the captures whose label has the code. */
  phaseRight: number;
  vantageRight: number;
}

/** A row per code of the catalogue, and of those that only labels or verdicts name. */
export class Score {
  readonly rows = new Map<string, Tally>((Object.keys(RULES) as Code[]).map((code) => [code, empty()]));

  add(truth: Truth, judgement: Judgement): void {
    const answer = said(judgement);
    const labels = new Set([...truth.findings, ...truth.info]);
    const phaseRight = answer.failingPhase === truth.failingPhase;
    const vantageRight = judgement.tunnels.length === 0 || answer.vantage === truth.vantage;
    for (const code of labels) {
      const row = this.#row(code);
      row.captures++;
      if (truth.origin === "generated") row.generated++;
      if (truth.findings[0] === code) {
        row.roots++;
        if (answer.findings[0] === code) row.first++;
      }
      if (answer.findings.includes(code) || answer.info.includes(code)) row.found++;
      if (phaseRight) row.phaseRight++;
      if (vantageRight) row.vantageRight++;
    }
    for (const code of truth.nearMissOf ?? []) this.#row(code).nearMisses++;
    const alarms = new Set([...unknownTo(truth, judgement), ...trappedBy(truth, answer)]);
    for (const code of alarms) this.#row(code).falseAlarms++;
  }

  #row(code: string): Tally {
    const row = this.rows.get(code) ?? empty();
    this.rows.set(code, row);
    return row;
  }
}

function empty(): Tally {
  return {
    captures: 0,
    generated: 0,
    roots: 0,
    first: 0,
    found: 0,
    falseAlarms: 0,
    nearMisses: 0,
    phaseRight: 0,
    vantageRight: 0,
  };
}
