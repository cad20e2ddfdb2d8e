import type { Address } from "../../bytes/address.js";
import type { AuthenticationLengths, KeptTunnel } from "../../session/model.js";
import type { CaptureContext } from "../context.js";
import { once } from "../once.js";

/** Requests of this many bytes more or less are looked at together. */
const STEP = 16;

/** An IKE_AUTH exchange of another tunnel with the same responder. */
export interface OtherAuthentication extends AuthenticationLengths {
  readonly tunnel: number;
  readonly initiator: Address;
}

/** Of the requests of one length: the answers that are longest and shortest beside them, of tunnels that carry ESP both ways. */
interface Extremes {
  longest: OtherAuthentication;
  shortest: OtherAuthentication;
}

/** By responder and length of the request; from the facts of the IKE SAs: no tunnel is opened. */
const extremesOf = once(
  ({ tunnels }: CaptureContext): ReadonlyMap<Address, ReadonlyMap<number, Extremes>> => {
    const known = new Map<Address, Map<number, Extremes>>();
    for (const tunnel of tunnels) {
      if (!carriesBothWays(tunnel)) continue;
      for (const { initiator, responder, facts } of tunnel.ikeSas) {
        if (facts.authentication === null) continue;
        const one = { ...facts.authentication, tunnel: tunnel.id, initiator: initiator.address };
        const lengths = known.get(responder.address) ?? new Map<number, Extremes>();
        known.set(responder.address, lengths);
        const step = Math.floor(one.asked / STEP);
        const extremes = lengths.get(step) ?? { longest: one, shortest: one };
        if (beyond(one) > beyond(extremes.longest)) extremes.longest = one;
        if (beyond(one) < beyond(extremes.shortest)) extremes.shortest = one;
        lengths.set(step, extremes);
      }
    }
    return known;
  },
);

/**
 * Of other tunnels with the same responder that carry ESP both ways, and whose requests are `within` bytes as long: the exchanges with
 * the longest and the shortest answer beside its request; null where there is none.
 */
export function answersOfResponder(
  capture: CaptureContext,
  responder: Address,
  asked: number,
  within: number,
): Extremes | null {
  const lengths = extremesOf(capture).get(responder);
  if (lengths === undefined) return null;
  let found: Extremes | null = null;
  for (let step = Math.floor((asked - within) / STEP); step <= Math.floor((asked + within) / STEP); step++) {
    const here = lengths.get(step);
    if (here === undefined) continue;
    found = {
      longest: found === null || beyond(here.longest) > beyond(found.longest) ? here.longest : found.longest,
      shortest:
        found === null || beyond(here.shortest) < beyond(found.shortest) ? here.shortest : found.shortest,
    };
  }
  return found;
}

/** By how many bytes an answer is longer than its request. */
function beyond({ asked, answer }: AuthenticationLengths): number {
  return answer - asked;
}

function carriesBothWays({ streams, addresses: [one, other] }: KeptTunnel): boolean {
  return streams.some(({ source }) => source === one) && streams.some(({ source }) => source === other);
}
