import type { IkeMessage } from "../ike/message.js";
import type { HeldTransmission } from "./log/record/held.js";
import { SIGHTING_LIMIT, type Sighting } from "./model.js";
import type { OpenedMessage } from "./model/opened.js";

/** A message with the digest of its bytes and where it was seen. */
export interface SeenMessage {
  readonly message: IkeMessage;
  /** The bytes that it was decoded from. */
  readonly bytes: Uint8Array;
  readonly digest: number;
  readonly sighting: Sighting;
  /** IKEv1: number of fragments that the message was put together from. */
  readonly joinedFrom?: number;
  /** The content of it, or of the fragments that it completes, where keys opened it. */
  readonly opened?: OpenedMessage;
}

/** Fragment numbers that are counted; more are no message but an attack. */
const FRAGMENT_LIMIT = 1024;

/** Adds one sighting of a message (or of a fragment of it) to what was sent of it before; begins where that is null. */
export function recordSighting(transmission: HeldTransmission | null, seen: SeenMessage): HeldTransmission {
  const { message, bytes, sighting, joinedFrom } = seen;
  const known: HeldTransmission = transmission ?? {
    message,
    bytes,
    sightings: [],
    tries: 0,
    fragments: null,
  };
  const fragment = fragmentOf(message);
  if (joinedFrom !== undefined) recordJoined(known, joinedFrom);
  else if (fragment === null) known.tries++;
  else recordFragment(known, seen, fragment);
  if (known.sightings.length < SIGHTING_LIMIT) insertByTime(known.sightings, sighting);
  return known;
}

/** All fragments came, so this was a whole try. */
function recordJoined(known: HeldTransmission, total: number): void {
  known.tries++;
  for (let number = 1; number <= total; number++) countFragment(known, number, total);
}

function recordFragment(
  known: HeldTransmission,
  { message, bytes }: SeenMessage,
  { number, total }: FragmentPosition,
): void {
  // The whole message was tried before and is now sent in fragments (RFC 7383 2.5.1): the fragments count.
  if (known.fragments === null && known.tries > 0) known.tries++;
  const count = countFragment(known, number, total);
  if (number === 1 && fragmentOf(known.message)?.number !== 1) {
    known.message = message;
    known.bytes = bytes;
  }
  if (count > known.tries) known.tries = count;
}

function countFragment(known: HeldTransmission, number: number, total: number): number {
  known.fragments ??= { total, seen: new Map() };
  const { seen } = known.fragments;
  if (total > known.fragments.total) known.fragments.total = total;
  const count = (seen.get(number) ?? 0) + 1;
  if (seen.size < FRAGMENT_LIMIT || count > 1) seen.set(number, count);
  return count;
}

/** Incomplete datagrams come in when they are given up, long after their time. */
function insertByTime(sightings: Sighting[], sighting: Sighting): void {
  let at = sightings.length;
  while (at > 0 && (sightings[at - 1] as Sighting).time > sighting.time) at--;
  sightings.splice(at, 0, sighting);
}

interface FragmentPosition {
  readonly number: number;
  readonly total: number;
}

/** SKF says how many fragments there are; of IKEv1 only the last one does, any other has at least one after it. */
export function fragmentOf(message: IkeMessage): FragmentPosition | null {
  for (const payload of message.payloads) {
    if (payload.kind === "encrypted") return payload.fragment;
    if (payload.kind === "fragmentV1") {
      return { number: payload.number, total: payload.last ? payload.number : payload.number + 1 };
    }
  }
  return null;
}
