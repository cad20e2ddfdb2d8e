import type { PayloadFrame } from "../frame.js";

/** SK or SKF payload (RFC 7296 3.14, RFC 7383 2.5), or the encrypted remainder of an IKEv1 message. */
export interface EncryptedPayload extends PayloadFrame {
  readonly kind: "encrypted";
  /** Type of the first payload inside; 0 for SKF fragments after the first. */
  readonly innerType: number;
  /** Bytes behind the generic header (and behind the fragment header of SKF): IV, ciphertext and ICV. */
  readonly body: Uint8Array;
  /** SKF only: fragment number from 1 and total. */
  readonly fragment: { readonly number: number; readonly total: number } | null;
}
