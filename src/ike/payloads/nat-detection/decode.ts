import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { NatDetectionPayload } from "./type.js";

/** NAT-D of IKEv1 (RFC 3947 3.2): a hash of cookies, address and port. In IKEv2 a notify carries it. */
export function decodeNatDetection(frame: PayloadFrame, body: ByteReader): NatDetectionPayload {
  return payloadOf(frame, {
    kind: "natDetection",
    hash: body.rest(),
  });
}
