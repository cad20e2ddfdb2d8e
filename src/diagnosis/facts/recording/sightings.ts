import type { IkeSa, Sighting } from "../../../session/model.js";

/** Every sighting of every message of an IKE SA. */
export function sightingsOf({ exchanges }: IkeSa): Sighting[] {
  const all: Sighting[] = [];
  for (const { request, response } of exchanges) {
    if (request !== null) all.push(...request.sightings);
    if (response !== null) all.push(...response.sightings);
  }
  return all;
}
