import type { PayloadFrame } from "../frame.js";

/** IKEv1 NAT-D (RFC 3947 3.2): a hash. In IKEv2 the same hash is notify data. */
export interface NatDetectionPayload extends PayloadFrame {
  readonly kind: "natDetection";
  readonly hash: Uint8Array;
}
