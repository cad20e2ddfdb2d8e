import { CLOCKS_APART } from "./clocks.js";
import type { Micros } from "../bytes/time.js";
import type { IkeSa, Role, Sighting, Transmission } from "./model.js";

export function firstSighting(transmission: Transmission | null): Sighting | undefined {
  return transmission?.sightings[0];
}

export function lastSighting(transmission: Transmission | null): Sighting | undefined {
  return transmission?.sightings.at(-1);
}

/** When a message was first seen; 0 where it was not. */
export function firstTimeOf(transmission: Transmission | null): Micros {
  return firstSighting(transmission)?.time ?? 0;
}

/** When a message was last seen; 0 where it was not. */
export function lastTimeOf(transmission: Transmission | null): Micros {
  return lastSighting(transmission)?.time ?? 0;
}

/**
 * How often a message was sent after `time`: packets that follow one another at once are copies of one, seen at several interfaces.
 */
export function sentAfter(transmission: Transmission | null, after: Micros): number {
  let last = after;
  let count = 0;
  for (const { time } of transmission?.sightings ?? []) {
    if (time <= last + CLOCKS_APART) continue;
    count++;
    last = time;
  }
  return count;
}

/** Every sighting of every message of an IKE SA. */
export function sightingsOf({ exchanges }: IkeSa): Sighting[] {
  const all: Sighting[] = [];
  for (const { request, response } of exchanges) {
    if (request !== null) all.push(...request.sightings);
    if (response !== null) all.push(...response.sightings);
  }
  return all;
}

/** The messages that one side of an IKE SA sent, in order of time. */
export function messagesFrom(sa: IkeSa, role: Role): Sighting[] {
  const sent: Sighting[] = [];
  let isInOrder = true;
  for (const { startedBy, request, response } of sa.exchanges) {
    for (const sighting of (startedBy === role ? request : response)?.sightings ?? []) {
      isInOrder &&= sighting.time >= (sent.at(-1)?.time ?? -Infinity);
      sent.push(sighting);
    }
  }
  return isInOrder ? sent : sent.toSorted((a, b) => a.time - b.time);
}
