import type { PayloadFrame } from "../frame.js";

export interface KePayload extends PayloadFrame {
  readonly kind: "ke";
  /** Key exchange method (DH group); null in IKEv1, where the SA payload negotiates it. */
  readonly group: number | null;
  readonly data: Uint8Array;
}
