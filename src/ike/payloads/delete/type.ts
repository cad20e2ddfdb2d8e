import type { PayloadFrame } from "../frame.js";

export interface DeletePayload extends PayloadFrame {
  readonly kind: "delete";
  /** IKEv1 only. */
  readonly doi: number | null;
  readonly protocol: number;
  readonly spis: readonly Uint8Array[];
}
