import type { PayloadFrame } from "../frame.js";

export interface NotifyPayload extends PayloadFrame {
  readonly kind: "notify";
  /** IKEv1 only. */
  readonly doi: number | null;
  readonly protocol: number;
  readonly spi: Uint8Array;
  readonly notifyType: number;
  readonly data: Uint8Array;
}
