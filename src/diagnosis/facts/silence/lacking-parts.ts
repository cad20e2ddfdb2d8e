import type { Exchange } from "../../../session/model.js";

/** The missing part of a response: IP fragments, or IKE fragments by their numbers. */
export type Lack = "ip" | readonly number[];

/** Null where one of the attempts of the response is whole here. */
export function lackOf({ response }: Exchange): Lack | null {
  if (response === null) return null;
  if (response.sightings.every(({ missingFragments }) => missingFragments !== null)) return "ip";
  if (response.fragments === null) return null;
  const { total, seen } = response.fragments;
  const missing = Array.from({ length: Math.min(total, SHOWN) }, (_, index) => index + 1).filter(
    (number) => !seen.has(number),
  );
  return missing.length > 0 ? missing : null;
}

/** Fragment numbers that are looked at; RFC 7383 allows 65535. */
const SHOWN = 64;
