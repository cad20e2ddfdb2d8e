import type { PayloadFrame } from "../frame.js";

/** CERT (RFC 7296 3.6, RFC 2408 3.9). */
export interface CertificatePayload extends PayloadFrame {
  readonly kind: "certificate";
  readonly encoding: number;
  readonly data: Uint8Array;
}
