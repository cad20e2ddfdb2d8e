import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { HashPayload } from "./type.js";

/** HASH of IKEv1 (RFC 2408 3.11): data alone. */
export function decodeHash(frame: PayloadFrame, body: ByteReader): HashPayload {
  return payloadOf(frame, {
    kind: "hash",
    data: body.rest(),
  });
}
