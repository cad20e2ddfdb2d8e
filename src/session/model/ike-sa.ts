import type { Micros } from "../../bytes/time.js";
import type { Endpoint } from "./endpoint.js";
import type { Exchange, Role } from "./exchange.js";
import type { IkeSaFacts } from "./ike-sa-facts.js";
import type { Moment } from "./moment.js";

/** An IKE SA without its exchanges. */
export interface IkeSaOutline {
  readonly id: string;
  readonly majorVersion: 1 | 2;
  readonly initiatorSpi: string;
  /** Zero until a responder's SPI was seen. */
  readonly responderSpi: string;
  /** Addresses and ports that the initiator of the IKE SA sends from and to, as first seen. */
  readonly initiator: Endpoint;
  readonly responder: Endpoint;
  /** Whether the capture holds the first message (IKE_SA_INIT request, first phase 1 message). */
  readonly startSeen: boolean;
  /**
   * Whether messages prove who the initiator is. False for an IKEv1 SA whose beginning is missing: then the sender of its first
   * message stands for the initiator, or the peer behind a port that a NAT device chose.
   */
  readonly rolesProven: boolean;
  /** Messages that were counted but not kept because the SA had too many, and what they lie between. */
  readonly unkept: number;
  /** Those of them that were liveness checks, answered at once and like others that are kept. */
  readonly unkeptChecks: number;
  /** Exchanges of these that each side answered. */
  readonly unkeptAnswers: Readonly<Record<Role, number>>;
  readonly unkeptSpan: UnkeptSpan | null;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  /** How the sniffer met the messages of each end, told from its address. */
  readonly traces: Readonly<Record<Role, SenderTraces>>;
}

/** Traces of the capture point in the packets of one sender. */
export interface SenderTraces {
  /** Routers that the packet with the highest TTL has passed, from the smallest initial TTL that is possible; null for none. */
  readonly hops: number | null;
  /** The capturing host sent, or received, some of them. */
  readonly sent: boolean;
  readonly received: boolean;
}

interface UnkeptSpan {
  readonly from: Moment;
  readonly to: Moment;
  /** The longest time in it without any of these messages that is known. */
  readonly pause: { readonly from: Moment; readonly to: Moment } | null;
}

/** An IKE SA with its exchanges, in the order of their beginnings. */
export interface IkeSa extends IkeSaOutline {
  readonly exchanges: readonly Exchange[];
}

/**
 * An IKE SA whose exchanges are packed. `open` unpacks them, other objects each time: who compares exchanges by
 * identity opens once.
 */
export interface KeptIkeSa extends IkeSaOutline {
  open(): IkeSa;
  /** Whether a message of it has REDIRECT or REDIRECTED_FROM in clear: without them its facts tell of no redirect. */
  readonly tellsOfRedirect: boolean;
  /** Facts for the judgement of other tunnels: nothing is unpacked for it again while no message comes. */
  readonly facts: IkeSaFacts;
}
