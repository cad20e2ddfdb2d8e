import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";

/** An answer to IKE comes within this time, or not to that attempt. */
const ANSWER_US: Micros = 2_000_000;

/** Whether an attempt of IKE of that end between these times had no answer: then all was lost, and not only what was large. */
export function isIkeLostMeanwhile(
  { setups, tunnel }: TunnelContext,
  asker: Address,
  from: Micros,
  to: Micros,
): boolean {
  return setups.some(({ sa }) =>
    sa.exchanges.some(({ request, response, expectsResponse }) => {
      if (request === null || !expectsResponse) return false;
      const answeredAt = response === null ? Infinity : firstTimeOf(response);
      return request.sightings.some(
        ({ time, source }) =>
          time > from &&
          time < to &&
          answeredAt > time + ANSWER_US &&
          canonicalOf(tunnel, source.address) === asker,
      );
    }),
  );
}
