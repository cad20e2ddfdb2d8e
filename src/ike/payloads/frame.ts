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

/**
 * The payload of a frame and the fields of its body. The frame itself becomes the payload, so it must not be used for another
 * one: a copy of it took twice the time of the whole analysis (docs/decisions/0026).
 */
export function payloadOf<const Body extends { readonly kind: string }>(
  frame: PayloadFrame,
  body: Body,
): PayloadFrame & Body {
  return Object.assign(frame, body);
}
