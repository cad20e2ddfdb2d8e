import type { PayloadFrame } from "../frame.js";

export interface NoncePayload extends PayloadFrame {
  readonly kind: "nonce";
  readonly data: Uint8Array;
}
