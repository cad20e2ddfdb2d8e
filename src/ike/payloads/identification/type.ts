import type { PayloadFrame } from "../frame.js";

/** IDi, IDr, IDg (RFC 7296 3.5, RFC 9838) and ID of IKEv1 (RFC 2407 4.6.2). */
export interface IdentificationPayload extends PayloadFrame {
  readonly kind: "identification";
  readonly idType: number;
  /** IKEv1 only: IP protocol and port of a phase 2 selector, both 0 where any. */
  readonly protocol: number | null;
  readonly port: number | null;
  readonly data: Uint8Array;
}
