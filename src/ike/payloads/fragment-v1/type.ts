import type { PayloadFrame } from "../frame.js";

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
