import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { BrokenEsp, Tunnel } from "../../../session/model.js";
import { canonicalOf } from "../sides.js";

/**
 * ESP packets of one side whose IP fragments did not all come. No stream counts them, so that the side is not silent and its
 * numbers are not missing: a filter on ports, or a short snap length, breaks every large packet of a tunnel that works.
 */
export function brokenEspOf(tunnel: Tunnel, side: Address): readonly BrokenEsp[] {
  return [...tunnel.brokenEsp].flatMap(([source, broken]) =>
    canonicalOf(tunnel, source) === canonicalOf(tunnel, side) ? [broken] : [],
  );
}

/** Whether such a packet came at this time or later. */
export function sendsBrokenEspAfter(tunnel: Tunnel, side: Address, time: Micros): boolean {
  return brokenEspOf(tunnel, side).some(({ lastTime }) => lastTime >= time);
}
