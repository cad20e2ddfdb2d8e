import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { IdentificationPayload } from "./type.js";

/** IDi, IDr and IDg of IKEv2 (RFC 7296 3.5): type, three reserved bytes, data. The data is not judged here. */
export function decodeIdentificationV2(frame: PayloadFrame, body: ByteReader): IdentificationPayload {
  const idType = body.u8("ID type");
  body.skip(3, "identification payload");
  return payloadOf(frame, {
    kind: "identification",
    idType,
    protocol: null,
    port: null,
    data: body.rest(),
  });
}

/** ID of IKEv1 (RFC 2407 4.6.2): type, protocol and port of what phase 2 selects, data. */
export function decodeIdentificationV1(frame: PayloadFrame, body: ByteReader): IdentificationPayload {
  const idType = body.u8("ID type");
  const protocol = body.u8("protocol");
  const port = body.u16("port");
  return payloadOf(frame, {
    kind: "identification",
    idType,
    protocol,
    port,
    data: body.rest(),
  });
}
