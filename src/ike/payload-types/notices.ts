import type { PayloadFrame } from "./frame.js";

export interface NotifyPayload extends PayloadFrame {
  readonly kind: "notify";
  /** IKEv1 only. */
  readonly doi: number | null;
  readonly protocol: number;
  readonly spi: Uint8Array;
  readonly notifyType: number;
  readonly data: Uint8Array;
}

export interface DeletePayload extends PayloadFrame {
  readonly kind: "delete";
  /** IKEv1 only. */
  readonly doi: number | null;
  readonly protocol: number;
  readonly spis: readonly Uint8Array[];
}

export interface VendorIdPayload extends PayloadFrame {
  readonly kind: "vendorId";
  readonly data: Uint8Array;
}

/** IKEv1 NAT-D (RFC 3947 3.2): a hash. In IKEv2 the same hash is notify data. */
export interface NatDetectionPayload extends PayloadFrame {
  readonly kind: "natDetection";
  readonly hash: Uint8Array;
}

/** IKEv1 NAT-OA (RFC 3947 5.2): the address that the sender sees, as an identification without protocol and port. */
export interface NatOriginalAddressPayload extends PayloadFrame {
  readonly kind: "natOriginalAddress";
  readonly idType: number;
  readonly address: Uint8Array;
}
