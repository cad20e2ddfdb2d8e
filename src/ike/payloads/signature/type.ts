import type { PayloadFrame } from "../frame.js";

/** SIG of IKEv1 (RFC 2408 3.12). */
export interface SignaturePayload extends PayloadFrame {
  readonly kind: "signature";
  readonly data: Uint8Array;
}
