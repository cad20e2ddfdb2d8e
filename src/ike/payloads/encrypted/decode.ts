import type { ByteReader } from "../../../bytes/reader.js";
import type { EncryptedPayload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

/** SK payload (RFC 7296 3.14): IV, ciphertext, ICV; their sizes depend on the suite, so they stay one body. */
export function decodeEncrypted(
  frame: PayloadFrame,
  body: ByteReader,
  nextPayload: number,
): EncryptedPayload {
  return payloadOf(frame, {
    kind: "encrypted",
    innerType: nextPayload,
    body: body.rest(),
    fragment: null,
  });
}

/** SKF payload (RFC 7383 2.5): fragment number and total, then the same. */
export function decodeEncryptedFragment(
  frame: PayloadFrame,
  body: ByteReader,
  nextPayload: number,
): EncryptedPayload {
  const number = body.u16("fragment number");
  const total = body.u16("total fragments");
  return payloadOf(frame, {
    kind: "encrypted",
    innerType: nextPayload,
    body: body.rest(),
    fragment: { number, total },
  });
}
