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
