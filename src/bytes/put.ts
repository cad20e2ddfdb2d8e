/** Writes 16 bits at `at`, big-endian; the caller has checked the bounds. */
export function putU16(into: Uint8Array, at: number, value: number): void {
  into[at] = value >>> 8;
  into[at + 1] = value;
}

/** Writes 32 bits at `at`, big-endian; the caller has checked the bounds. */
export function putU32(into: Uint8Array, at: number, value: number): void {
  into[at] = value >>> 24;
  into[at + 1] = value >>> 16;
  into[at + 2] = value >>> 8;
  into[at + 3] = value;
}

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

/** Writes a number in eight bytes, for {@link floatAt} on the same machine. */
export function putFloat(into: Uint8Array, at: number, value: number): void {
  float[0] = value;
  for (let byte = 0; byte < 8; byte++) into[at + byte] = floatBytes[byte] as number;
}

export function floatAt(bytes: Uint8Array, at: number): number {
  for (let byte = 0; byte < 8; byte++) floatBytes[byte] = bytes[at + byte] as number;
  return float[0] as number;
}
