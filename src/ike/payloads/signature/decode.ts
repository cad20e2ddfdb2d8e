import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { SignaturePayload } from "./type.js";

/** SIG of IKEv1 (RFC 2408 3.12): data alone. */
export function decodeSignature(frame: PayloadFrame, body: ByteReader): SignaturePayload {
  return payloadOf(frame, {
    kind: "signature",
    data: body.rest(),
  });
}
