import { SecretBytes } from "./secret-bytes.js";

/** RFC algorithms need 64 bytes and a salt at most; a shared secret of MODP8192 has 1024. */
const LONGEST_KEY = 2048;

/** A key of hex digits, "0x" before them or not; null where the text is no such thing, or too long for a key. */
export function hexKey(text: string): SecretBytes | null {
  const digits = /^(?:0x)?([0-9a-f]*)$/i.exec(text.trim())?.[1];
  if (digits === undefined || digits.length % 2 !== 0 || digits.length > LONGEST_KEY * 2) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  }
  return new SecretBytes(bytes);
}

/** A key in hex behind "0x", else the characters themselves, as Wireshark and tcpdump take them. */
export function hexOrTextKey(text: string): SecretBytes | null {
  if (/^0x/i.test(text)) return hexKey(text);
  if (text.length > LONGEST_KEY || !/^[\x20-\x7e]*$/.test(text)) return null;
  return new SecretBytes(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

/** An SPI or cookie of 64 bits as 16 lower-case hex digits; null where it is none. */
export function hexSpi64(text: string): string | null {
  const digits = /^(?:0x)?([0-9a-f]{16})$/i.exec(text.trim())?.[1];
  return digits === undefined ? null : digits.toLowerCase();
}

/** An SPI of ESP, hex behind "0x" or decimal; null where it is none. */
export function espSpi(text: string): number | null {
  const trimmed = text.trim();
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(trimmed)) return null;
  const value = Number(trimmed);
  return value <= 0xffff_ffff ? value : null;
}
