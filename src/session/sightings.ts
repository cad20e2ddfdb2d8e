import { CLOCKS_APART } from "./clocks.js";
import type { Micros } from "../bytes/time.js";
import type { Sighting, Transmission } from "./model.js";

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
