import type { PayloadFrame } from "../frame.js";

export interface CertificateRequestPayload extends PayloadFrame {
  readonly kind: "certificateRequest";
  readonly encoding: number;
  readonly authority: Uint8Array;
}
