import { HEADER_AT } from "./header.js";
import { IKE_HEADER_LENGTH } from "./message.js";

/**
 * The captured bytes of an IKE message, with the length field of its header where the snap length cut only that off: `length` is
 * what the UDP header says of the message, and in a datagram the two are the same (RFC 7296 3.1). Without it a snap length of 68
 * hides every message, and one of 96 those on UDP 4500 over IPv6. Otherwise `bytes` as they are.
 */
export function withHeaderLength(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length < HEADER_AT.length || bytes.length >= IKE_HEADER_LENGTH) return bytes;
  const header = new Uint8Array(IKE_HEADER_LENGTH);
  header.set(bytes.subarray(0, HEADER_AT.length));
  new DataView(header.buffer).setUint32(HEADER_AT.length, length);
  return header;
}
