import { type Message } from "../texts/message.js";
import type { Address } from "../bytes/address.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { Finding } from "../diagnosis/finding.js";

/** Which tunnel an event is about. */
export interface EventTunnel {
  readonly id: number;
  /** The initiator first, if `rolesProven`. */
  readonly peers: readonly [Address, Address];
  readonly rolesProven: boolean;
}

/** A frame that an event rests on. */
export interface EventFrame {
  readonly frame: FrameRef;
  readonly time: Micros;
}

/** Why a finding does not hold any more. */
export type Clearing =
  /** A later setup, or traffic, mended it. */
  | "mended"
  /** The packets that it rested on are not seen any more. */
  | "gone"
  /** A more telling finding took its place. */
  | "replaced"
  /** Nothing was heard of the tunnel for so long that it was given up. */
  | "forgotten";

interface Common {
  /** Capture time. */
  readonly time: Micros;
}

interface TunnelEvent extends Common {
  readonly tunnel: EventTunnel;
  /** Why, in a phrase: "IKE_AUTH answered", "192.0.2.1 deleted the IKE SA". */
  readonly reason: string;
  readonly evidence: readonly EventFrame[];
}

/** The events of a live analysis, one after the other. */
export type LiveEvent =
  | (TunnelEvent & { readonly kind: "tunnel-up" | "tunnel-down" | "tunnel-rekeyed" })
  | (Common & {
      readonly kind: "finding-raised";
      readonly tunnel: EventTunnel | null;
      readonly finding: Finding;
    })
  | (Common & {
      readonly kind: "finding-cleared";
      readonly tunnel: EventTunnel | null;
      readonly finding: Finding;
      readonly raisedAt: Micros;
      readonly why: Clearing;
    })
  /** The capture began, was lost, or began again; `text` says what and why. */
  | (Common & { readonly kind: "capture-started" | "capture-lost"; readonly text: Message })
  | (Common & { readonly kind: "capture-dropped"; readonly dropped: number; readonly text: Message })
  /** The last event: the program ends. */
  | (Common & { readonly kind: "ended"; readonly text: Message });

/** How a setup of an IKE SA ended. */
export interface SetupOutcome {
  readonly outcome: "established" | "failed";
  /** The phase that it failed in; of an established one the last. */
  readonly phase: string;
  /** From its first message to the proof that it is up; null for a failed one, and where the first message was missed. */
  readonly seconds: number | null;
}

/** The listener of a live analysis; it must not throw and not wait. */
export interface LiveListener {
  event(event: LiveEvent): void;
  setup(outcome: SetupOutcome): void;
}
