import { ipv4At, ipv6At } from "../bytes/address.js";

/** Text of an address of 4 or 16 bytes; null for any other length. */
export function addressText(bytes: Uint8Array): string | null {
  if (bytes.length === 4) return ipv4At(bytes, 0);
  return bytes.length === 16 ? ipv6At(bytes, 0) : null;
}

/** A range of addresses: as a prefix ("10.1.0.0/16") where it is one, a single address, or both ends. */
export function rangeText(start: Uint8Array, end: Uint8Array): string {
  const [from, to] = [addressText(start), addressText(end)];
  if (from === null || to === null || start.length !== end.length) return "not a range";
  const bits = prefixLength(start, end);
  if (bits === start.length * 8) return from;
  return bits === null ? `${from}-${to}` : `${from}/${bits}`;
}

/** A network by address and mask of equal length: "10.1.0.0/16", or with the mask where it has holes. */
export function maskedText(address: Uint8Array, mask: Uint8Array): string {
  const [from, to] = [addressText(address), addressText(mask)];
  if (from === null || to === null) return "not a network";
  const bits = maskLength(mask);
  return `${from}/${bits === null ? to : bits}`;
}

/** Bits of the prefix that holds exactly [start, end]; null where none does. */
function prefixLength(start: Uint8Array, end: Uint8Array): number | null {
  const differing = Uint8Array.from(start, (byte, index) => byte ^ (end[index] as number));
  const mask = differing.map((byte) => ~byte);
  const isAligned = start.every((byte, index) => (byte & (differing[index] as number)) === 0);
  return isAligned ? maskLength(mask) : null;
}

/** Leading ones of a mask; null where ones follow a zero. */
function maskLength(mask: Uint8Array): number | null {
  const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const ones = bits.indexOf("0");
  if (ones < 0) return bits.length;
  return bits.includes("1", ones) ? null : ones;
}
