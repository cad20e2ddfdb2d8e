import { addressBytes, type Address } from "../../../src/bytes/address.js";

/** Joins byte arrays. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The given values as bytes. */
export function u8(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** The given values as big-endian 16-bit numbers. */
export function u16(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [(value >>> 8) & 0xff, value & 0xff]));
}

/** The value as a big-endian 32-bit number. */
export function u32(value: number): Uint8Array {
  return u16(value >>> 16, value & 0xffff);
}

export function zeros(length: number): Uint8Array {
  return new Uint8Array(length);
}

/** `length` bytes that differ from one another and from those of another seed. */
export function pattern(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8) * 13 + seed * 31 + 1) & 0xff);
}

/** Bytes of an address text; throws where the test gives none. */
export function address(text: Address): Uint8Array {
  const bytes = addressBytes(text);
  if (bytes === null) throw new RangeError(`not an address: ${text}`);
  return bytes;
}

/** A hardware address as aa:bb:cc:dd:ee:ff. */
export function mac(text: string): Uint8Array {
  return Uint8Array.from(text.split(":"), (part) => Number.parseInt(part, 16));
}
