import type { AddressMap } from "../addresses.js";
import type { Identifiers } from "../identifiers.js";
import type { NatDetections } from "./nat-detection.js";

/** Both ends of a packet as its headers had them before: NAT detection hashes are made of them. */
export interface Ends {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** What replaces what. */
export interface Means {
  readonly addresses: AddressMap;
  readonly identifiers: Identifiers;
  readonly natDetections: NatDetections;
}

/** SPIs of a message's header, before and after. */
export interface HeaderSpis {
  readonly before: readonly [initiator: string, responder: string];
  readonly after: readonly [initiator: string, responder: string];
}

/** The body of one payload, or what was captured of it: [start, end), behind the generic header. */
export interface BodyWindow {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly version: number;
  readonly exchangeType: number;
  readonly spis: HeaderSpis;
  readonly ends: Ends;
}

/**
 * Replaces what a payload's body tells of its users, in place. What is to stay is passed over; everything else is replaced,
 * so that what nobody knows is not kept. Bodies may be broken or cut anywhere.
 */
export type BodyRewriter = (window: BodyWindow, means: Means) => void;
