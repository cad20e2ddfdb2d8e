import { fileURLToPath } from "node:url";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze, type Judgement } from "../../src/index.js";
import { PCAPS, type Truth } from "./truth.js";

/** What ikescope said of a labelled capture, in the words of the labels. */
export interface Said {
  readonly status: string;
  readonly failingPhase: string | null;
  readonly vantage: string;
  readonly findings: readonly string[];
  readonly info: readonly string[];
}

async function judgeFile(file: string): Promise<Judgement> {
  const { judgement, error } = await analyze(await openCaptures([file]));
  if (error !== null) throw error;
  return judgement;
}

export async function judgeLabelled({ file }: Truth, folder: URL = PCAPS): Promise<Judgement> {
  return judgeFile(fileURLToPath(new URL(file, folder)));
}

export function said(judgement: Judgement): Said {
  const [tunnel] = judgement.tunnels;
  const codes = (isInfo: boolean): string[] =>
    judgement.findings.filter(({ severity }) => (severity === "info") === isInfo).map(({ code }) => code);
  return {
    status: judgement.status,
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
  return lines;
}
