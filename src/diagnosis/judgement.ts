import type { Micros } from "../bytes/time.js";
import type { ChildSa } from "../session/esp/child-sa.js";
import type { CaptureFile, CaptureObservations, KeptTunnel } from "../session/model.js";
import type { Implementation } from "../session/implementation.js";
import type { BehindNat } from "../session/nat.js";
import type { Vantage } from "../session/vantage.js";
import type { Comparison } from "./changes.js";
import type { Code } from "./codes.js";
import type { SharedProperty } from "./outage/shared-property.js";
import type { Setup } from "./context.js";
import type { Confidence, Finding, Phase, Scope, Status } from "./finding.js";
import type { ToldOutcomes } from "./told-outcomes.js";
import type { Message } from "../texts/message.js";

/** One tunnel with all that was concluded about it. */
export interface JudgedTunnel {
  readonly tunnel: KeptTunnel;
  /** Its IKE SAs with their exchanges; unpacked at each access, so that no more than one tunnel need be. */
  readonly setups: readonly Setup[];
  /** Its streams in pairs, in order of their beginnings. */
  readonly childSas: readonly ChildSa[];
  readonly vantage: Vantage;
  readonly nat: BehindNat | null;
  /** Software of the tunnel's two addresses, in their order. */
  readonly implementations: readonly [Implementation | null, Implementation | null];
  /** Algorithms of the newest IKE SA whose negotiation the capture holds; null where it holds none. */
  readonly suite: string | null;
  /** A setup that worked beside one that failed, where the capture holds both. */
  readonly comparison: Comparison | null;
  readonly status: Status;
  /** An IKE SA came up in the capture, or ESP passes both ways. */
  readonly isUp: boolean;
  /** How it stands apart from findings, a phrase: what proves that it works, or what is missing of a proof. */
  readonly standing: Message;
  /** The step that gives the proof that is missing, a sentence; null where none is, or findings have steps of their own. */
  readonly next: Message | null;
  readonly failingPhase: Phase | null;
  readonly findings: readonly Finding[];
  /** How its exchanges and IKE SAs stand by the findings and by keys, where their messages in clear do not say it. */
  readonly told: ToldOutcomes;
  /** When the trouble began that its findings tell; null where nothing is wrong, or no time is known. */
  readonly since: Micros | null;
  /** A scan or a packet that strayed: reports for people may tell it by a number alone. */
  readonly isStray: boolean;
}

/** All tunnels that the same finding is the root of. */
export interface Cause {
  readonly code: Code;
  readonly status: Status;
  readonly tunnels: readonly JudgedTunnel[];
  /** How sure it is of most of the tunnels. */
  readonly confidence: Confidence;
  /** The root finding of `example`. */
  readonly finding: Finding;
  /** The first tunnel of which it is so sure. */
  readonly example: JudgedTunnel;
  /** When it began in the first and in the last of the tunnels; null where only texts of hosts show it, without a time. */
  readonly since: Micros | null;
  readonly lastSince: Micros | null;
  /** Properties that these tunnels share and working ones do not; where none works, those that all have in common. */
  readonly shared: readonly SharedProperty[];
}

/** The whole judgement of one or more captures. */
export interface Judgement {
  readonly files: readonly CaptureFile[];
  readonly observations: CaptureObservations;
  readonly status: Status;
  readonly scope: Scope;
  /** Properties that the failing tunnels share and not all others have. */
  readonly shared: readonly string[];
  /** The causes, the worst first, with all tunnels that they hit. */
  readonly causes: readonly Cause[];
  readonly headline: string;
  /** Confidence of the finding that the headline names; null where it names none. */
  readonly confidence: Confidence | null;
  readonly tunnels: readonly JudgedTunnel[];
  /** Tunnels that were not judged because the judging was ended before. */
  readonly notJudged: number;
  /** All findings, the root cause first. */
  readonly findings: readonly Finding[];
  /** `headline` and `shared`, for other languages than English. */
  readonly messages: { readonly headline: Message; readonly shared: readonly Message[] };
}
