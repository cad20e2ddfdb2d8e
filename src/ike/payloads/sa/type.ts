import type { TransformAttribute } from "../attribute.js";
import type { PayloadFrame } from "../frame.js";

export interface Transform {
  /** IKEv2: transform type (1 ENCR, 2 PRF, 3 INTEG, 4 KE, 5 ESN, 6-12 ADDKE). IKEv1: 0. */
  readonly type: number;
  /** IKEv2: transform ID. IKEv1: transform ID (1 KEY_IKE in phase 1; ESP/AH/IPCOMP transform in phase 2). */
  readonly id: number;
  /** IKEv1: transform number within its proposal. IKEv2: 0. */
  readonly number: number;
  readonly attributes: readonly TransformAttribute[];
}

export interface Proposal {
  readonly number: number;
  /** 1 IKE, 2 AH, 3 ESP, 4 IPCOMP (v1). */
  readonly protocol: number;
  readonly spi: Uint8Array;
  readonly transforms: readonly Transform[];
}

export interface SaPayload extends PayloadFrame {
  readonly kind: "sa";
  /** IKEv1 only: domain of interpretation and situation; null in IKEv2. */
  readonly doi: number | null;
  readonly situation: number | null;
  readonly proposals: readonly Proposal[];
}
