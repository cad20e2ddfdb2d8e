import type { Severity } from "../diagnosis/severity.js";
import type { Message } from "../texts/message.js";
import type { FleetCode } from "./codes.js";
import type { FleetFinding, FleetVerdict } from "./finding.js";

/** Everything known of a verdict apart from any event; `detect` is pure. */
export interface FleetRule<Subject> {
  readonly code: FleetCode;
  readonly severity: Severity;
  readonly title: string;
  /** The meaning, one or two sentences. */
  readonly explanation: string;
  /** Conditions in the accounts that make the verdict, and what keeps it from being said. */
  readonly signature: string;
  readonly remedies: readonly Message[];
  /** One finding about the whole fleet: which gateways it hits changes while it lasts. Else it is told apart by its gateways. */
  readonly isOne?: true;
  readonly detect: (subject: Subject) => FleetVerdict | null;
}

export function findingOf<Subject>(rule: FleetRule<Subject>, subject: Subject): FleetFinding[] {
  const verdict = rule.detect(subject);
  if (verdict === null) return [];
  const { code, severity, title, remedies, isOne = false } = rule;
  const identity = isOne ? code : `${code} ${verdict.gateways.join(" ")}`;
  return [{ code, identity, severity, title, remedies, ...verdict }];
}
