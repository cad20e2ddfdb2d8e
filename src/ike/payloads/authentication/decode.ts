import type { ByteReader } from "../../../bytes/reader.js";
import type { AuthenticationPayload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

/** AUTH of IKEv2 (RFC 7296 3.8): method, three reserved bytes, data. */
export function decodeAuthentication(frame: PayloadFrame, body: ByteReader): AuthenticationPayload {
  const method = body.u8("authentication method");
  body.skip(3, "authentication payload");
  return payloadOf(frame, {
    kind: "authentication",
    method,
    data: body.rest(),
  });
}
