import type { PayloadFrame } from "../frame.js";

/** HASH of IKEv1 (RFC 2408 3.11). */
export interface HashPayload extends PayloadFrame {
  readonly kind: "hash";
  readonly data: Uint8Array;
}
