import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { HostLine } from "../joint/joined.js";
import type { VantagePlace } from "../session/vantage.js";
import type { Message } from "../texts/message.js";
import type { Code } from "./codes.js";
import type { PeerCommands } from "./commands/peer-commands.js";
import type { Severity } from "./severity.js";

/** certain: read on the wire. likely: deduced, one competing cause left at most. possible: one of several. */
export type Confidence = "certain" | "likely" | "possible";
/** observed: read on the wire. deduced: follows from the protocol. inferred: best explanation, rivals are named. */
export type Provenance = "observed" | "deduced" | "inferred";

/**
 * Of a `possible` verdict: whether there is a fault at all is open, or only its cause (the fault itself is read on the wire: a
 * setup that stopped).
 */
export type Doubt = "fault" | "cause";

export type Phase =
  | "IKE_SA_INIT"
  | "IKE_INTERMEDIATE"
  | "IKE_AUTH"
  | "CREATE_CHILD_SA"
  | "INFORMATIONAL"
  | "MAIN_MODE"
  | "AGGRESSIVE_MODE"
  | "QUICK_MODE"
  | "TRANSACTION"
  | "ESP";

/** A frame and what it shows. */
export interface Evidence<Text = Message> {
  readonly frame: FrameRef;
  readonly time: Micros;
  readonly nanos: number;
  readonly text: Text;
}

/** Another explanation of the same picture, and the one observation that would tell the two apart. */
export interface Rival<Text = Message> {
  readonly code: Code;
  readonly separatedBy: Text;
  /** The finding stands, and this says which case of it it is. */
  readonly isCase?: true;
}

/** The detection of a rule; its definition adds code, title, explanation, remedies and references. */
export interface Verdict {
  /** Only where it differs from the rule's: a fault that healed, or one that may still heal. */
  readonly severity?: Severity;
  /** The fault is over: a later setup, or traffic, shows that it was mended. */
  readonly mended?: boolean;
  readonly confidence: Confidence;
  /** The fault did not exist before this time, as far as the capture proves it: what begins earlier is no effect of it. */
  readonly notBefore?: Micros;
  /** The fault is there from this time on, where its evidence begins with it and not with how it was before. */
  readonly from?: Micros;
  /** Only where it differs from what the phase says: see doubtOf(). */
  readonly doubt?: Doubt;
  readonly provenance: Provenance;
  readonly phase: Phase | null;
  /** A phrase that can stand behind "FAILING A -> B": what happened, with the numbers. */
  readonly headline: Message;
  /** When in the traffic it is, a phrase behind the headline of the first line, if the evidence does not begin with it. */
  readonly when?: Message;
  /** Whole sentences: what was seen, what follows from it, on which side. */
  readonly summary: Message;
  readonly evidence: readonly Evidence[];
  /** Lines of a host's texts that show it. */
  readonly lines?: readonly HostLine<Message>[];
  readonly rivals?: readonly Rival[];
  /** Only where the case asks for other steps, or another order, than the rule's own. */
  readonly remedies?: readonly Message[];
  /** Neither peer has to act, but a device between them. */
  readonly atNeitherPeer?: true;
}

/** One verdict with all that a reader needs, in English; `messages` says the same as messages, for other languages. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** The fault is over: a later setup, or traffic, shows that it was mended. */
  readonly mended: boolean;
  readonly confidence: Confidence;
  /** The question that is open where `confidence` is "possible"; null for any other. */
  readonly doubt: Doubt | null;
  readonly provenance: Provenance;
  /** Tunnel number, or null where the finding is about the capture. */
  readonly tunnel: number | null;
  readonly phase: Phase | null;
  readonly vantage: VantagePlace | null;
  readonly title: string;
  readonly headline: string;
  readonly summary: string;
  readonly evidence: readonly Evidence<string>[];
  readonly lines: readonly HostLine[];
  readonly rivals: readonly Rival<string>[];
  readonly remedies: readonly string[];
  /** Neither peer has to act, but a device between them. */
  readonly atNeitherPeer: boolean;
  /** The first things to type, at the peers whose product is known; none where it is not. */
  readonly commands: readonly PeerCommands[];
  readonly references: readonly string[];
  /** The fault did not exist before this time; null where nothing proves that. */
  readonly notBefore: Micros | null;
  /** The fault is there from this time on; null where its evidence shows how it was before, too. */
  readonly from: Micros | null;
  /** Code of the finding that this one follows from, or null for a root cause. */
  readonly causedBy: Code | null;
  readonly messages: Pick<Verdict, "headline" | "when" | "summary" | "evidence" | "lines" | "rivals"> & {
    readonly remedies: readonly Message[];
  };
}

/**
 * failing: a fault that stops the tunnel. suspected: such a fault is possible, and something else may explain it. degraded: it
 * works badly. up: it is set up, and nothing proves that it carries traffic both ways. healthy: setup and traffic, or answered
 * liveness checks where nothing asks for traffic. nothing-to-judge: the capture holds too little.
 */
export const STATUSES = ["failing", "suspected", "degraded", "up", "healthy", "nothing-to-judge"] as const;
export type Status = (typeof STATUSES)[number];
export type Scope = "none" | "one-peer" | "some-peers" | "all-peers";
