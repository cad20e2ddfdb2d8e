import type { Endpoint, Role } from "../../../src/session/model.js";
import type { Agreed } from "./suites.js";

/** SPIs of one IKE SA of a story, and which peer began it. */
export interface SaSpis {
  readonly initiatorSpi: string;
  readonly responderSpi: string;
  readonly startedBy: Role;
}

/** What a message is encoded with: who sends it, in which IKE SA, and what the sender believes of both addresses. */
export interface Envelope {
  readonly sa: SaSpis;
  /** The sender is the initiator of this IKE SA. */
  readonly fromInitiator: boolean;
  /** The sender's own address as it knows it (behind NAT: the private one). */
  readonly own: Endpoint;
  /** The other side as the sender sees it. */
  readonly peer: Endpoint;
  readonly agreed: Agreed;
}

/** A message of a story. Sending the same object again is a retransmission: the same bytes. */
export interface Message {
  /** Another IKE SA than the scenario's first. */
  readonly sa?: SaSpis;
  /** Where IKE begins: port 500 even where the peers move on to 4500. */
  readonly opens?: boolean;
  readonly encode: (envelope: Envelope) => Uint8Array;
}
