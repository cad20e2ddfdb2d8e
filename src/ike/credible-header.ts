import { u32At } from "../bytes/reader.js";
import { IKE_HEADER_LENGTH } from "./message.js";
import { HEADER_AT } from "./header.js";

/** Bytes of an IKE header up to the exchange type: what has to be captured to judge it. */
export const VISIBLE_HEADER = 19;

/** Version, exchange and first payload are ones that exist; as far as they were captured. */
export function isCredibleIke(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < VISIBLE_HEADER) return false;
  const major = majorAt(bytes, at);
  return (
    isExchange(major, exchangeAt(bytes, at)) &&
    isFirstPayload(major, bytes[at + HEADER_AT.nextPayload] as number)
  );
}

/** Reasons for not taking bytes on port 500 for an IKE message; `length` is what their datagram declares. */
export function whyNotIke(bytes: Uint8Array, at: number, end: number, length: number): string {
  if (end - at < VISIBLE_HEADER) return `no IKE header: ${Math.max(0, end - at)} bytes of one`;
  const major = majorAt(bytes, at);
  const exchange = exchangeAt(bytes, at);
  const first = bytes[at + HEADER_AT.nextPayload] as number;
  // If the capture cut the header, its length is not known to be wrong.
  const declared = end - at < IKE_HEADER_LENGTH ? length : u32At(bytes, at + HEADER_AT.length);
  const doubts = [
    ...(major === 1 || major === 2 ? [] : [`major version ${major}`]),
    ...(isExchange(major, exchange) ? [] : [`exchange type ${exchange}`]),
    ...(isFirstPayload(major, first) ? [] : [`first payload ${first}`]),
    ...(declared === length ? [] : [`length ${declared} in ${length} bytes`]),
  ];
  return `no IKE header: ${doubts.join(", ")}`;
}

function majorAt(bytes: Uint8Array, at: number): number {
  return (bytes[at + HEADER_AT.version] as number) >> 4;
}

function exchangeAt(bytes: Uint8Array, at: number): number {
  return bytes[at + HEADER_AT.exchangeType] as number;
}

function isExchange(major: number, exchange: number): boolean {
  if (major === 2) return (exchange >= 34 && exchange <= 44) || exchange >= 240;
  if (major !== 1) return false;
  return (exchange >= 1 && exchange <= 6) || exchange === 32 || exchange === 33 || exchange >= 240;
}

function isFirstPayload(major: number, first: number): boolean {
  if (major === 2) return first === 0 || first >= 33;
  return major === 1 && (first <= 22 || first >= 128);
}
