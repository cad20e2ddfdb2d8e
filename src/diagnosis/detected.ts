import { commonText } from "../texts/common-texts.js";
import type { Message } from "../texts/message.js";
import { inEnglish } from "../texts/texts.js";
import type { TunnelContext } from "./context.js";
import { doubtOf } from "./doubt.js";
import type { Evidence, Finding, Rival, Verdict } from "./finding.js";
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
  const { code, title } = rule;
  const severity = verdict.severity ?? rule.severity;
  const headline = commonText(verdict.headline);
  const summary = commonText(verdict.summary);
  const evidence = verdict.evidence.map((item) => ({ item, text: commonText(item.text) }));
  const lines = (verdict.lines ?? []).map((line) => ({ line, text: commonText(line.text) }));
  const rivals = verdict.rivals ?? [];
  const remedies = verdict.remedies ?? rule.remedies;
  return {
    code,
    severity,
    mended: verdict.mended ?? false,
    confidence: verdict.confidence,
    doubt: doubtOf(verdict),
    provenance: verdict.provenance,
    tunnel: context?.tunnel.id ?? null,
    phase: verdict.phase,
    vantage: context?.vantage.place ?? null,
    title,
    headline: headline.english,
    summary: summary.english,
    evidence: evidence.map(({ item, text }) => evidenceWith(item, text.english)),
    lines: lines.map(({ line, text }) => ({ ...line, text: text.english })),
    rivals: rivals.map(rivalInEnglish),
    remedies: remedies.every(isStatic) ? remedies : remedies.map(inEnglish),
    atNeitherPeer: verdict.atNeitherPeer === true,
    commands: [],
    references: referencesFor(rule.references, context),
    from: verdict.from ?? null,
    notBefore: verdict.notBefore ?? null,
    causedBy: null,
    messages: {
      headline: headline.message,
      summary: summary.message,
      evidence: evidence.map(({ item, text }) => evidenceWith(item, text.message)),
      lines: lines.map(({ line, text }) => ({ ...line, text: text.message })),
      rivals,
      remedies,
      ...(verdict.when === undefined ? {} : { when: verdict.when }),
    },
  };
}

function evidenceWith<Text>({ frame, time, nanos }: Evidence, text: Text): Evidence<Text> {
  return { frame, time, nanos, text };
}

/** A static text is the same in both: then so is what has it. */
function rivalInEnglish(rival: Rival): Rival<string> {
  return hasStaticText(rival) ? rival : { ...rival, separatedBy: inEnglish(rival.separatedBy) };
}

function hasStaticText(rival: Rival): rival is Rival<string> {
  return isStatic(rival.separatedBy);
}

function isStatic(message: Message): message is string {
  return typeof message === "string";
}

/** Documents about one version of IKE alone: RFC 7296, and those of IKEv1 with its DPD (RFC 3706) and NAT traversal (RFC 3947). */
const ONLY_ABOUT = { 1: /^RFC (?:2407|2408|2409|3706|3947)\b/, 2: /^RFC 7296\b/ } as const;

/**
 * The references of a rule without those about the version of IKE that the peers do not speak; all of them where they speak both, or
 * none would be left.
 */
function referencesFor(references: readonly string[], context: TunnelContext | null): readonly string[] {
  const versions = new Set(context?.setups.map(({ sa }) => sa.majorVersion));
  const [version] = versions;
  if (version === undefined || versions.size > 1) return references;
  const other = ONLY_ABOUT[version === 1 ? 2 : 1];
  const own = references.filter((reference) => !other.test(reference));
  return own.length === 0 ? references : own;
}
