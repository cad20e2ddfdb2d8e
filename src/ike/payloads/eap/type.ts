import type { PayloadFrame } from "../frame.js";

/** EAP message in an IKEv2 payload (RFC 7296 3.16, RFC 3748 4). */
export interface EapPayload extends PayloadFrame {
  readonly kind: "eap";
  readonly code: number;
  readonly identifier: number;
  /** The length that the EAP message declares for itself, bytes: four less than the payload has. */
  readonly messageLength: number;
  /** Request and Response only, as in the others. */
  readonly method: number | null;
  /** Expanded types (method 254) only. */
  readonly vendor: { readonly id: number; readonly type: number } | null;
  /** Behind the method, or behind the length where there is none. */
  readonly data: Uint8Array;
}
