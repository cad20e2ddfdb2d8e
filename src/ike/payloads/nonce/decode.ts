import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { NoncePayload } from "./type.js";

/** Nonce (RFC 7296 3.9: 16 to 256 bytes; RFC 2409 5: 8 to 256). The size is not judged here. */
export function decodeNonce(frame: PayloadFrame, body: ByteReader): NoncePayload {
  return payloadOf(frame, {
    kind: "nonce",
    data: body.rest(),
  });
}
