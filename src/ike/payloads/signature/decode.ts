import type { ByteReader } from "../../../bytes/reader.js";
import type { PayloadFrame } from "../frame.js";
import type { SignaturePayload } from "./type.js";

/** SIG of IKEv1 (RFC 2408 3.12): data alone. */
export function decodeSignature(frame: PayloadFrame, body: ByteReader): SignaturePayload {
  return {
    kind: "signature",
    type: frame.type,
    offset: frame.offset,
    length: frame.length,
    critical: frame.critical,
    data: body.rest(),
  };
}
