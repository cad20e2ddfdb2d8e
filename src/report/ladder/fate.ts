import type { Exchange, Sighting, Transmission } from "../../session/model.js";
import { errorNotify } from "../../session/payloads.js";
import type { Fate } from "./row.js";

/** Fragments of one try follow each other at once; no daemon sends again before half a second. */
const BURST = 400_000;

/** Sightings by try: one each, but the fragments of RFC 7383 that were sent in one burst belong together. */
export function triesOf({ sightings }: Transmission): Sighting[][] {
  const tries: Sighting[][] = [];
  for (const sighting of sightings) {
    const current = tries.at(-1);
    const last = current?.at(-1);
    const goesOn =
      current !== undefined &&
      last !== undefined &&
      sighting.fragment > 0 &&
      last.fragment > 0 &&
      sighting.time - last.time < BURST &&
      current.every(({ fragment }) => fragment !== sighting.fragment);
    if (goesOn) current.push(sighting);
    else tries.push([sighting]);
  }
  return tries;
}

/** The outcome of one attempt of a request. */
export function requestFate(
  { request, response, expectsResponse }: Exchange,
  tries: Sighting[][],
  index: number,
): Fate {
  const own = tries[index] ?? [];
  if (isIncomplete(request, own)) return "incomplete";
  if (!expectsResponse) return errorNotify(request) === null ? "plain" : "refused";
  if (response === null) return "unanswered";
  const [sentAt, againAt] = [own[0]?.time ?? 0, tries[index + 1]?.[0]?.time ?? null];
  if (againAt === null) return "plain";
  const isAnswered = response.sightings.some(({ time }) => time >= sentAt && time < againAt);
  return isAnswered ? "plain" : "repeated";
}

/** The outcome of one attempt of a response. */
export function responseFate({ request, response }: Exchange, tried: readonly Sighting[]): Fate {
  if (isIncomplete(response, tried)) return "incomplete";
  if (errorNotify(response) !== null) return "refused";
  const sentAt = tried[0]?.time ?? 0;
  return request?.sightings.some(({ time }) => time > sentAt) === true ? "repeated" : "plain";
}

/** IP fragments are missing, or not all numbers of RFC 7383 came. */
function isIncomplete(transmission: Transmission | null, tried: readonly Sighting[]): boolean {
  if (tried.some(({ missingFragments }) => missingFragments !== null)) return true;
  const { fragments } = transmission ?? { fragments: null };
  const numbers = new Set(tried.map(({ fragment }) => fragment));
  return fragments !== null && !numbers.has(0) && numbers.size < fragments.total;
}
