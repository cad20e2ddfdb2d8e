import type { Address } from "../../../bytes/address.js";
import type { AuthenticationLengths, KeptTunnel } from "../../../session/model.js";
import type { CaptureContext } from "../../context.js";
import { once } from "../../once.js";

/** Requests of this many bytes more or less are looked at together. */
const STEP = 16;

/** An IKE_AUTH exchange of another tunnel with the same responder. */
export interface OtherAuthentication extends AuthenticationLengths {
  readonly tunnel: number;
  readonly initiator: Address;
}

/** The longest and the shortest answer, beside them, to requests of one length, of tunnels that carry ESP both ways. */
interface Extremes {
  readonly longest: OtherAuthentication;
  readonly shortest: OtherAuthentication;
  /** Two of the tunnels, where there are as many. */
  readonly tunnels: readonly number[];
}

/** By responder, or responder and suite, and length of the request; from the facts of the IKE SAs: no tunnel is opened. */
const extremesOf = once(({ tunnels }: CaptureContext): ReadonlyMap<string, ReadonlyMap<number, Extremes>> => {
  const known = new Map<string, Map<number, Extremes>>();
  const note = (key: string, one: OtherAuthentication): void => {
    const lengths = known.get(key) ?? new Map<number, Extremes>();
    known.set(key, lengths);
    const step = Math.floor(one.asked / STEP);
    const here = lengths.get(step);
    lengths.set(step, here === undefined ? alone(one) : joined(here, alone(one)));
  };
  for (const tunnel of tunnels) {
    if (!carriesBothWays(tunnel)) continue;
    for (const { initiator, responder, facts } of tunnel.ikeSas) {
      if (facts.authentication === null) continue;
      const one = { ...facts.authentication, tunnel: tunnel.id, initiator: initiator.address };
      note(keyOf(responder.address, null), one);
      if (one.sizesKey !== null) note(keyOf(responder.address, one.sizesKey), one);
    }
  }
  return known;
});

/**
 * Of other tunnels with the same responder that carry ESP both ways, and whose requests are `within` bytes as long: the exchanges with
 * the longest and the shortest answer beside its request; null where there is none. `sizesKey` leaves those under the same suite alone.
 */
export function answersOfResponder(
  capture: CaptureContext,
  responder: Address,
  asked: number,
  within: number,
  sizesKey: number | null = null,
): Extremes | null {
  const lengths = extremesOf(capture).get(keyOf(responder, sizesKey));
  if (lengths === undefined) return null;
  let found: Extremes | null = null;
  for (let step = Math.floor((asked - within) / STEP); step <= Math.floor((asked + within) / STEP); step++) {
    const here = lengths.get(step);
    if (here === undefined) continue;
    found = found === null ? here : joined(found, here);
  }
  return found;
}

function keyOf(responder: Address, sizesKey: number | null): string {
  return sizesKey === null ? responder : `${responder} ${sizesKey}`;
}

function alone(one: OtherAuthentication): Extremes {
  return { longest: one, shortest: one, tunnels: [one.tunnel] };
}

function joined(one: Extremes, other: Extremes): Extremes {
  return {
    longest: beyond(other.longest) > beyond(one.longest) ? other.longest : one.longest,
    shortest: beyond(other.shortest) < beyond(one.shortest) ? other.shortest : one.shortest,
    tunnels:
      one.tunnels.length > 1 ? one.tunnels : [...new Set([...one.tunnels, ...other.tunnels])].slice(0, 2),
  };
}

/** By how many bytes an answer is longer than its request. */
function beyond({ asked, answer }: AuthenticationLengths): number {
  return answer - asked;
}

function carriesBothWays({ streams, addresses: [one, other] }: KeptTunnel): boolean {
  return streams.some(({ source }) => source === one) && streams.some(({ source }) => source === other);
}
