import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { NatOriginalAddressPayload } from "./type.js";

/** NAT-OA of IKEv1 (RFC 3947 5.2): ID type, three reserved bytes, address. */
export function decodeNatOriginalAddress(frame: PayloadFrame, body: ByteReader): NatOriginalAddressPayload {
  const idType = body.u8("ID type");
  body.skip(3, "NAT-OA payload");
  return payloadOf(frame, {
    kind: "natOriginalAddress",
    idType,
    address: body.rest(),
  });
}
