import type { Micros } from "../bytes/time.js";
import type { Confidence } from "../diagnosis/finding.js";
import type { Severity } from "../diagnosis/severity.js";
import type { Message } from "../texts/message.js";
import type { FleetCode } from "./codes.js";

/** A value of one gateway that a finding rests on. */
interface FleetEvidence {
  readonly gateway: string;
  /** By the clock of that gateway; null if it has no time of its own. */
  readonly time: Micros | null;
  readonly text: Message;
}

/** A verdict as a rule detects it. */
export interface FleetVerdict {
  /** Only where it differs from the rule's. */
  readonly severity?: Severity;
  readonly confidence: Confidence;
  /** The gateways that it is about: who sends first. */
  readonly gateways: readonly string[];
  /** When it began, by the clock of the first of them; null if that is not known. */
  readonly since: Micros | null;
  readonly headline: Message;
  readonly summary: Message;
  readonly evidence: readonly FleetEvidence[];
}

/** One verdict with all that a reader needs. */
export interface FleetFinding extends FleetVerdict {
  readonly code: FleetCode;
  /** Its name from judgement to judgement, among the findings of its tunnel or of the whole fleet. */
  readonly identity: string;
  readonly severity: Severity;
  readonly title: string;
  readonly remedies: readonly Message[];
}
