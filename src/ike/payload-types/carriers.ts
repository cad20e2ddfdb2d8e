import type { PayloadFrame } from "./frame.js";

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

/**
 * IKEv1 fragment of Cisco and Microsoft (payload 132, [MS-IKEE] 2.2.2, no RFC): a piece of a whole IKE message, header
 * included. All fragments of a message carry the same id.
 */
export interface FragmentV1Payload extends PayloadFrame {
  readonly kind: "fragmentV1";
  readonly id: number;
  /** From 1. */
  readonly number: number;
  readonly last: boolean;
  readonly data: Uint8Array;
}

/** A payload whose body is not decoded: unknown, without a form of its own, or broken (then the message's problem says how). */
export interface OpaquePayload extends PayloadFrame {
  readonly kind: "opaque";
  readonly body: Uint8Array;
}
