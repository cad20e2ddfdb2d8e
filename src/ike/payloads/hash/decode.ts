import type { ByteReader } from "../../../bytes/reader.js";
import type { PayloadFrame } from "../frame.js";
import type { HashPayload } from "./type.js";

/** HASH of IKEv1 (RFC 2408 3.11): data alone. */
export function decodeHash(frame: PayloadFrame, body: ByteReader): HashPayload {
  return {
    kind: "hash",
    type: frame.type,
    offset: frame.offset,
    length: frame.length,
    critical: frame.critical,
    data: body.rest(),
  };
}
