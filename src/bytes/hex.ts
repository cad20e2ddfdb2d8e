const BYTE_TO_HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Lower-case hex of a window of `bytes`, without separators. */
export function toHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let out = "";
  for (let at = start; at < end; at++) out += BYTE_TO_HEX[bytes[at] as number] ?? "";
  return out;
}

/** Character codes of the hex digits. */
const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const codes: number[] = Array.from({ length: 16 }, () => 0);

/** Lower-case hex of the eight bytes at `at`. Quicker than {@link toHex}, and a string that is no tree of its parts. */
export function hex64At(bytes: Uint8Array, at: number): string {
  for (let byte = 0; byte < 8; byte++) {
    const value = bytes[at + byte] as number;
    codes[byte * 2] = DIGITS[value >> 4] as number;
    codes[byte * 2 + 1] = DIGITS[value & 15] as number;
  }
  return String.fromCharCode.apply(null, codes);
}

/** Eight hex digits with the prefix 0x: how SPIs of ESP are written. */
export function hex32(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
}

/** Bytes of a hex string; blanks and colons are ignored. Throws RangeError on any other character. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[\s:]/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) throw new RangeError("not a hex string");
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  }
  return bytes;
}

/** Writes the bytes of a string of hex digits to `into`, from `at` on. */
export function setHex(into: Uint8Array, at: number, digits: string): void {
  for (let digit = 0; digit < digits.length; digit += 2) {
    into[at + digit / 2] = (digitAt(digits, digit) << 4) | digitAt(digits, digit + 1);
  }
}

/** Whether the bytes from `at` on are those of a string of lower-case hex digits. */
export function isHexAt(bytes: Uint8Array, at: number, digits: string): boolean {
  for (let digit = 0; digit < digits.length; digit += 2) {
    const value = (digitAt(digits, digit) << 4) | digitAt(digits, digit + 1);
    if (bytes[at + digit / 2] !== value) return false;
  }
  return true;
}

function digitAt(digits: string, at: number): number {
  const code = digits.charCodeAt(at);
  return code <= 0x39 ? code - 0x30 : (code & 0x0f) + 9;
}

/** Whether two windows hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
