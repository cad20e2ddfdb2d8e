import type { DissectedFrame } from "../../../src/packet/dissector.js";

/** A whole Ethernet frame as the dissector takes it, unless told otherwise. */
export function frameOf(bytes: Uint8Array, options: Partial<DissectedFrame> = {}): DissectedFrame {
  return {
    bytes,
    start: 0,
    end: bytes.length,
    originalLength: bytes.length,
    linkType: 1,
    time: 0,
    ...options,
  };
}
