import type { PayloadFrame } from "../frame.js";

export interface VendorIdPayload extends PayloadFrame {
  readonly kind: "vendorId";
  readonly data: Uint8Array;
}
