import type { Exchange, Transmission } from "../../../session/model.js";

/** The missing part of a response: IP fragments, or IKE fragments by their numbers. */
export type Lack = "ip" | readonly number[];

/** Null where one of the attempts of the response is whole here. */
export function lackOf({ response }: Exchange): Lack | null {
  if (response === null) return null;
  if (response.sightings.every(({ missingFragments }) => missingFragments !== null)) return "ip";
  if (response.fragments === null || wasWhole(response)) return null;
  const { total, seen } = response.fragments;
  const missing = Array.from({ length: Math.min(total, SHOWN) }, (_, index) => index + 1).filter(
    (number) => !seen.has(number),
  );
  return missing.length > 0 ? missing : null;
}

/**
 * Whether one attempt of a message that was sent in IKE fragments came in one piece: before a Libreswan retransmits in fragments, or as a
 * fragment of IKEv1 of which the snap length left no number.
 */
export function wasWhole({ sightings }: Transmission): boolean {
  return sightings.some(({ fragment, missingFragments }) => fragment === 0 && missingFragments === null);
}

/** Fragment numbers that are looked at; RFC 7383 allows 65535. */
const SHOWN = 64;
