import { STREAM_PREFIX } from "../../../src/ike/tcp-record.js";
import { concat, u16, u32 } from "./bytes.js";

/** A record of RFC 9329 section 3: the length field, which counts itself, and the body. */
export function record(body: Uint8Array, declaredLength = body.length + 2): Uint8Array {
  return concat(u16(declaredLength), body);
}

/** An IKE message as a record: behind the non-ESP marker. */
export function ikeRecord(message: Uint8Array): Uint8Array {
  return record(concat(u32(0), message));
}

/** One stream: the prefix, then the records. */
export function prefixed(...records: readonly Uint8Array[]): Uint8Array {
  return concat(STREAM_PREFIX, ...records);
}

export const KEEPALIVE_RECORD = record(Uint8Array.of(0xff));
