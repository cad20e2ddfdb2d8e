import { inEnglish } from "../texts/texts.js";
import type { TunnelContext } from "./context.js";
import { doubtOf } from "./doubt.js";
import type { Finding, Verdict } from "./finding.js";
import { referencesFor } from "./references.js";
import type { Rule } from "./rule.js";

/** A verdict, and the rule that gave it. */
export interface Detected<R extends Rule = Rule> {
  readonly rule: R;
  readonly verdict: Verdict;
}

/** The verdicts of rules, in the order of the rules; `detect` gives null where a rule has nothing to say or is not asked. */
export function detectedBy<R extends Rule>(
  rules: readonly R[],
  detect: (rule: R) => Verdict | null,
): Detected<R>[] {
  const detected: Detected<R>[] = [];
  for (const rule of rules) {
    const verdict = detect(rule);
    if (verdict !== null) detected.push({ rule, verdict });
  }
  return detected;
}

/** The finding of a verdict about a tunnel; of none, if it is about the capture or a host. */
export function findingOf({ rule, verdict }: Detected, context: TunnelContext | null): Finding {
  const { code, severity, title } = rule;
  const remedies = verdict.remedies ?? rule.remedies;
  return {
    code,
    severity: verdict.severity ?? severity,
    mended: verdict.mended ?? false,
    confidence: verdict.confidence,
    doubt: doubtOf(verdict),
    provenance: verdict.provenance,
    tunnel: context?.tunnel.id ?? null,
    phase: verdict.phase,
    vantage: context?.vantage.place ?? null,
    title,
    headline: inEnglish(verdict.headline),
    summary: inEnglish(verdict.summary),
    evidence: verdict.evidence.map((item) => ({ ...item, text: inEnglish(item.text) })),
    lines: (verdict.lines ?? []).map((line) => ({ ...line, text: inEnglish(line.text) })),
    rivals: (verdict.rivals ?? []).map(({ separatedBy, ...rival }) => ({
      ...rival,
      separatedBy: inEnglish(separatedBy),
    })),
    remedies: remedies.map(inEnglish),
    commands: [],
    references: referencesFor(rule.references, context),
    from: verdict.from ?? null,
    notBefore: verdict.notBefore ?? null,
    causedBy: null,
    messages: { ...verdict, remedies },
  };
}
