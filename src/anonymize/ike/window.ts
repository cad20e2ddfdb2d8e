import type { AddressMap } from "../addresses.js";
import type { Identifiers } from "../identifiers.js";
import type { Ends, HeaderSpis } from "./ends.js";
import type { NatDetections } from "./nat-detection.js";

/** The replacements of one anonymized capture: addresses, identifiers, NAT detection hashes. */
export interface Replacements {
  readonly addresses: AddressMap;
  readonly identifiers: Identifiers;
  readonly natDetections: NatDetections;
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
export type BodyRewriter = (window: BodyWindow, replacements: Replacements) => void;
