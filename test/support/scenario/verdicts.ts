import { frameNumber } from "../../../src/bytes/frame.js";
import { isSuspicion } from "../../../src/diagnosis/doubt.js";
import type { Finding } from "../../../src/diagnosis/finding.js";
import type { Judgement } from "../../../src/diagnosis/judgement.js";
import type { Frame } from "./scenario.js";

/** Codes of all findings above info: what the peers, or the capture, are accused of. */
export function accusations(judgement: Judgement): string[] {
  return judgement.findings.filter(({ severity }) => severity !== "info").map(({ code }) => code);
}

/** Codes of the critical findings that make a tunnel failing. */
export function faults(judgement: Judgement): string[] {
  return judgement.findings
    .filter((one) => one.severity === "critical" && !isSuspicion(one))
    .map(({ code }) => code);
}

/** Codes of the critical findings that may be none: they make a tunnel suspected. */
export function suspicions(judgement: Judgement): string[] {
  return judgement.findings.filter(isSuspicion).map(({ code }) => code);
}

export function codes(judgement: Judgement): string[] {
  return judgement.findings.map(({ code }) => code);
}

/** The finding of that code; throws where there is none. */
export function finding(judgement: Judgement, code: string): Finding {
  const found = judgement.findings.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no ${code} among: ${codes(judgement).join(", ") || "nothing"}`);
  return found;
}

/** Frame numbers that a finding names. */
export function evidence({ evidence: lines }: Finding): number[] {
  return lines.map(({ frame }) => frameNumber(frame));
}

export function numbers(frames: readonly Frame[]): number[] {
  return frames.map(({ number }) => number);
}
