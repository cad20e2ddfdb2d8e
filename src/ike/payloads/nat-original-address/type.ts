import type { PayloadFrame } from "../frame.js";

/** IKEv1 NAT-OA (RFC 3947 5.2): the address that the sender sees, as an identification without protocol and port. */
export interface NatOriginalAddressPayload extends PayloadFrame {
  readonly kind: "natOriginalAddress";
  readonly idType: number;
  readonly address: Uint8Array;
}
