import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";

/** Outer addresses of an IPsec packet. */
export interface OuterPair {
  readonly source: Address;
  readonly destination: Address;
}

/** Packets in clear between two addresses, at least one of them private, over one link in one direction. */
export interface ClearFlow {
  readonly source: Address;
  readonly destination: Address;
  /** IP protocol. */
  readonly protocol: number;
  readonly packets: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly firstFrame: FrameRef;
  readonly lastFrame: FrameRef;
  /** Packets among these that came within 5 ms after an ESP packet on the same link, as Linux shows what it decrypted. */
  readonly mirrored: number;
  /** The peers of the last such ESP packet. */
  readonly mirroredFrom: OuterPair | null;
  /** Packets that came within 5 ms after an ESP packet on another link, or one that is not known: decrypted, and sent on. */
  readonly relayed: number;
  /** Packets that ESP followed within 5 ms: shown before they were encrypted. */
  readonly encrypted: number;
  /** Peers with IKE or ESP on the same link in the same direction, at most 16 pairs. */
  readonly beside: readonly OuterPair[];
}
