import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { KePayload } from "./type.js";

/** Key Exchange of IKEv2 (RFC 7296 3.4): method, two reserved bytes, public value. */
export function decodeKeV2(frame: PayloadFrame, body: ByteReader): KePayload {
  const group = body.u16("key exchange method");
  body.skip(2, "key exchange payload");
  return payloadOf(frame, {
    kind: "ke",
    group,
    data: body.rest(),
  });
}

/** Key Exchange of IKEv1 (RFC 2408 3.7): the public value alone. */
export function decodeKeV1(frame: PayloadFrame, body: ByteReader): KePayload {
  return payloadOf(frame, {
    kind: "ke",
    group: null,
    data: body.rest(),
  });
}
