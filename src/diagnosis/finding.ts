import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { VantagePlace } from "../session/vantage.js";
import type { Code } from "./catalogue/index.js";
import type { Severity } from "./severity.js";

/** certain: read on the wire. likely: deduced, one competing cause left at most. possible: one of several. */
export type Confidence = "certain" | "likely" | "possible";
/** observed: read on the wire. deduced: follows from the protocol. inferred: best explanation, rivals are named. */
type Provenance = "observed" | "deduced" | "inferred";

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
export interface Evidence {
  readonly frame: FrameRef;
  readonly time: Micros;
  readonly nanos: number;
  readonly text: string;
}

/** Another explanation of the same picture, and the one observation that would tell the two apart. */
export interface Rival {
  readonly code: string;
  readonly separatedBy: string;
}

/** What a rule says; the catalogue adds title, explanation, remedies and references. */
export interface Verdict {
  readonly code: Code;
  /** Only where it differs from the catalogue's: a fault that healed, or one that may still heal. */
  readonly severity?: Severity;
  /** The fault is over: a later setup, or traffic, shows that it was mended. */
  readonly mended?: boolean;
  readonly confidence: Confidence;
  readonly provenance: Provenance;
  readonly phase: Phase | null;
  /** A phrase that can stand behind "FAILING A -> B": what happened, with the numbers. */
  readonly headline: string;
  /** Whole sentences: what was seen, what follows from it, on which side. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly rivals?: readonly Rival[];
}

/** One verdict with all that a reader needs. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** The fault is over: a later setup, or traffic, shows that it was mended. */
  readonly mended: boolean;
  readonly confidence: Confidence;
  readonly provenance: Provenance;
  /** Tunnel number, or null where the finding is about the capture. */
  readonly tunnel: number | null;
  readonly phase: Phase | null;
  readonly vantage: VantagePlace | null;
  readonly title: string;
  readonly headline: string;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly rivals: readonly Rival[];
  readonly remedies: readonly string[];
  readonly references: readonly string[];
  /** Code of the finding that this one follows from, or null for a root cause. */
  readonly causedBy: Code | null;
}

export type Status = "healthy" | "degraded" | "failing" | "nothing-to-judge";
export type Scope = "none" | "one-peer" | "some-peers" | "all-peers";
