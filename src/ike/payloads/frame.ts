/** Properties of every payload: where it lies in the message and what its generic header said. */
export interface PayloadFrame {
  /** Payload type number; IKEv1 and IKEv2 numbers do not overlap in meaning but do in value below 33. */
  readonly type: number;
  /** Offset of the generic payload header from the start of the IKE message, bytes. */
  readonly offset: number;
  /** Payload length as declared, generic header included, bytes. */
  readonly length: number;
  readonly critical: boolean;
}
