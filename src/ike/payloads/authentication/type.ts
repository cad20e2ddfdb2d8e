import type { PayloadFrame } from "../frame.js";

/** AUTH of IKEv2 (RFC 7296 3.8). */
export interface AuthenticationPayload extends PayloadFrame {
  readonly kind: "authentication";
  readonly method: number;
  readonly data: Uint8Array;
}
