import { putU32 } from "../../../bytes/put.js";
import { u32At } from "../../../bytes/reader.js";
import { type Sighting, SIGHTING_LIMIT } from "../../model.js";
import type { HeldTransmission } from "./held.js";
import type { CountedTransmission } from "../given-up.js";
import { readMessage, writeMessage } from "./message.js";
import { type PackedReader, PackedWriter } from "./bytes.js";
import type { Shared } from "./shared.js";
import { readSighting, writeSighting } from "./sighting.js";

/**
 * A packed transmission. What grows with each repeat stands first, at fixed places, so that a sighting is added without
 * unpacking the message:
 *
 *     0 length of all this   4 tries   8 length of the sightings   12 their number, and whether it came in fragments
 *     13 the sightings, then the fragments, then the message
 */
const AT = { tries: 4, sightings: 8, count: 12, first: 13 } as const;
/** In the byte of the number of sightings. */
const HAS_FRAGMENTS = 0x80;

const scratch = new PackedWriter();

export function writeTransmission(
  writer: PackedWriter,
  transmission: HeldTransmission,
  messageId: number,
  shared: Shared,
): void {
  const { tries, fragments, sightings } = transmission;
  const start = writer.length;
  writer.u32(0);
  writer.u32(tries);
  writer.u32(0);
  writer.u8(sightings.length | (fragments === null ? 0 : HAS_FRAGMENTS));
  for (const sighting of sightings) writeSighting(writer, sighting, shared);
  writer.u32At(start + AT.sightings, writer.length - start - AT.first);
  if (fragments !== null) {
    writer.number(fragments.total);
    writer.number(fragments.seen.size);
    for (const [number, count] of fragments.seen) {
      writer.number(number);
      writer.number(count);
    }
  }
  writeMessage(writer, transmission, messageId, shared);
  writer.u32At(start, writer.length - start);
}

/** Reads what {@link writeTransmission} wrote, and moves the reader behind it. */
export function readTransmission(reader: PackedReader, messageId: number, shared: Shared): HeldTransmission {
  const { bytes, at } = reader;
  const tries = u32At(bytes, at + AT.tries);
  const count = bytes[at + AT.count] as number;
  reader.at = at + AT.first;
  const sightings: Sighting[] = [];
  for (let left = count & ~HAS_FRAGMENTS; left > 0; left--) sightings.push(readSighting(reader, shared));
  let fragments: HeldTransmission["fragments"] = null;
  if ((count & HAS_FRAGMENTS) !== 0) {
    fragments = { total: reader.number(), seen: new Map() };
    for (let left = reader.number(); left > 0; left--) fragments.seen.set(reader.number(), reader.number());
  }
  const { message, bytes: messageBytes } = readMessage(reader, messageId, shared);
  return { message, bytes: messageBytes, sightings, tries, fragments };
}

/** The tries and sightings of it alone, where nobody reads the message; moves the reader behind it too. */
export function readCounted(reader: PackedReader, shared: Shared): CountedTransmission {
  const { bytes, at } = reader;
  reader.at = at + AT.first;
  const sightings: Sighting[] = [];
  const count = (bytes[at + AT.count] as number) & ~HAS_FRAGMENTS;
  for (let left = count; left > 0; left--) sightings.push(readSighting(reader, shared));
  reader.at = at + transmissionLength(bytes, at);
  return { tries: u32At(bytes, at + AT.tries), sightings };
}

/** Bytes of the packed transmission at `at`. */
export function transmissionLength(bytes: Uint8Array, at: number): number {
  return u32At(bytes, at);
}

/** The bytes that one sighting more takes in the packed transmission at `at`, and where they go. */
export interface Addition {
  readonly bytes: Uint8Array;
  readonly at: number;
}

/**
 * Counts one try more of the packed transmission at `at`, which was seen after all others; null where it came in
 * fragments: then nothing was done. The sighting is still to be put in, without bytes where there are enough.
 */
export function countTry(into: Uint8Array, at: number, sighting: Sighting, shared: Shared): Addition | null {
  const count = into[at + AT.count] as number;
  if ((count & HAS_FRAGMENTS) !== 0) return null;
  putU32(into, at + AT.tries, u32At(into, at + AT.tries) + 1);
  scratch.length = 0;
  const length = u32At(into, at + AT.sightings);
  const end = at + AT.first + length;
  if (count < SIGHTING_LIMIT) {
    writeSighting(scratch, sighting, shared);
    into[at + AT.count] = count + 1;
    putU32(into, at + AT.sightings, length + scratch.length);
    putU32(into, at, transmissionLength(into, at) + scratch.length);
  }
  return { bytes: scratch.bytes.subarray(0, scratch.length), at: end };
}
