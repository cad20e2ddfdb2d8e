import { toHex } from "../../bytes/hex.js";
import { decodeIke } from "../../ike/decode.js";
import { IKE_HEADER_LENGTH, type IkeMessage, type Payload } from "../../ike/message.js";
import { cutNotify } from "../../ike/payloads/notify/cut.js";
import { PAYLOAD_V1 } from "../../ike/registries/payload-types.js";
import { BODIES_V1, BODIES_V2, UNKNOWN_BODY } from "./tables.js";
import { rewriteDoi } from "./doi.js";
import type { Ends } from "./ends.js";
import type { BodyWindow, Replacements } from "./window.js";

const GENERIC_HEADER = 4;
const SPI = 8;
const CRITICAL = 0x80;
/** Replacements of a broken payload that are tried; each is well formed less often than once in four. */
const TRIES = 16;
/** Domain of interpretation (RFC 2408 3.4). */
const DOI_LENGTH = 4;
/** Id, number and flags of an IKEv1 fragment. */
const FRAGMENT_V1_HEADER = 4;

/**
 * Replaces in place what an IKE message in [start, end) tells of its users: SPIs, identities, addresses, hashes of them, and
 * all that is encrypted. The header's other fields, the payload chain and the algorithms stay, and so do all lengths. The
 * message may be broken, or cut by the capture.
 */
export function rewriteIke(
  bytes: Uint8Array,
  start: number,
  end: number,
  ends: Ends,
  replacements: Replacements,
): void {
  replacements.natDetections.seen(ends);
  rewriteMessage(bytes, start, end, ends, replacements, false);
}

function rewriteMessage(
  bytes: Uint8Array,
  start: number,
  end: number,
  ends: Ends,
  replacements: Replacements,
  isPiece: boolean,
): void {
  const decoded = decodeIke(bytes.slice(start, end));
  const before = spisAt(bytes, start, end);
  for (const at of [start, start + SPI]) {
    if (at + SPI <= end) replacements.identifiers.ikeSpi(bytes, at);
    else replacements.identifiers.content(bytes, at, end);
  }
  if (!decoded.ok) return;
  const { header, payloads } = decoded.message;
  const hasCutNotify = cutNotify(decoded.message) !== null;
  const window = {
    bytes,
    version: header.majorVersion,
    exchangeType: header.exchangeType,
    spis: { before, after: spisAt(bytes, start, end) },
    ends,
  };
  let behind = Math.min(end, start + IKE_HEADER_LENGTH);
  for (const payload of payloads) {
    const at = start + payload.offset;
    const payloadEnd = Math.min(end, at + Math.max(payload.length, GENERIC_HEADER));
    const isCutNotify = hasCutNotify && payload === payloads.at(-1);
    rewritePayload(payload, { ...window, start: at, end: payloadEnd }, replacements, isPiece, isCutNotify);
    behind = payloadEnd;
  }
  if (!hasCutNotify) keepFault(decoded.message, { ...window, start, end }, replacements);
  // Padding and what else is behind the last payload; zeros tell nothing, and mean something there.
  if (bytes.subarray(behind, end).some((byte) => byte !== 0))
    replacements.identifiers.content(bytes, behind, end);
}

function rewritePayload(
  payload: Payload,
  window: BodyWindow,
  replacements: Replacements,
  isPiece: boolean,
  isCutNotify: boolean,
): void {
  const { bytes, start, end, version, ends } = window;
  const body = Math.min(end, start + GENERIC_HEADER);
  const isCiphertext = payload.kind === "encrypted" && version === 1;
  if (!isCiphertext && end - start > 1) rewriteReservedBits(window, replacements);
  if (isCutNotify) {
    // Its type is read all the same.
    rewriteBody(payload.type, window, replacements);
  } else if (payload.kind === "opaque") {
    // A payload of a type that is not decoded, or one that is broken or cut: nothing in it is known to be safe.
    if (start + 2 < end) replaceBroken(payload, window, replacements);
    else replacements.identifiers.content(bytes, start + 1, end);
  } else if (isCiphertext) {
    // Behind the header of an encrypted IKEv1 message there is ciphertext at once.
    replacements.identifiers.content(bytes, start, end);
  } else if (payload.kind === "fragmentV1") {
    const data = Math.min(end, body + FRAGMENT_V1_HEADER);
    // The first piece begins with the header of the whole message; the others have no form of their own.
    if (payload.number === 1 && !isPiece) rewriteMessage(bytes, data, end, ends, replacements, true);
    else replacements.identifiers.content(bytes, data, end);
  } else rewriteBody(payload.type, window, replacements);
}

function rewriteBody(type: number, window: BodyWindow, replacements: Replacements): void {
  const { start, end, version } = window;
  const rewrite = (version === 2 ? BODIES_V2 : BODIES_V1).get(type) ?? UNKNOWN_BODY;
  rewrite({ ...window, start: Math.min(end, start + GENERIC_HEADER) }, replacements);
}

/** Beside IKEv2's critical bit all of the byte behind the type is reserved (RFC 7296 3.2, RFC 2408 3.2). */
function rewriteReservedBits({ bytes, start, version }: BodyWindow, { identifiers }: Replacements): void {
  const at = start + 1;
  const mask = version === 2 ? CRITICAL : 0;
  const critical = (bytes[at] as number) & mask;
  bytes[at] = (bytes[at] as number) & ~mask;
  identifiers.reserved(bytes, at, at + 1);
  bytes[at] = critical | (bytes[at] & ~mask);
}

/** An SA of IKEv1 goes on to say by its DOI how it is to be read, and so that it is broken. */
function replaceBroken(
  { type }: Payload,
  { version, ...window }: BodyWindow,
  replacements: Replacements,
): void {
  const { bytes, end } = window;
  const body = Math.min(end, window.start + GENERIC_HEADER);
  const hasDoi = version === 1 && type === PAYLOAD_V1.SA;
  if (hasDoi) rewriteDoi({ ...window, version, start: body }, replacements);
  replacements.identifiers.content(bytes, hasDoi ? Math.min(end, body + DOI_LENGTH) : body, end);
}

/**
 * A payload that no decoder takes is still none that one takes: where the bytes that replaced it would be read by chance, others
 * do.
 */
function keepFault({ payloads, problem }: IkeMessage, window: BodyWindow, replacements: Replacements): void {
  const { bytes, start, end } = window;
  const last = payloads.at(-1);
  if (problem === null || last?.kind !== "opaque") return;
  const at = start + last.offset;
  const payloadEnd = Math.min(end, at + last.length);
  if (payloadEnd <= at + GENERIC_HEADER) return;
  for (let tries = 0; tries < TRIES; tries++) {
    const again = decodeIke(bytes.slice(start, end));
    if (again.ok && again.message.problem !== null && again.message.payloads.length === payloads.length) {
      if (again.message.payloads.at(-1)?.kind === "opaque") return;
    }
    replaceBroken(last, { ...window, start: at, end: payloadEnd }, replacements);
  }
}

function spisAt(bytes: Uint8Array, start: number, end: number): [string, string] {
  return end - start < 2 * SPI
    ? ["", ""]
    : [toHex(bytes, start, start + SPI), toHex(bytes, start + SPI, start + 2 * SPI)];
}
