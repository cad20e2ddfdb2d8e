import { CLOCKS_APART } from "../../../session/clocks.js";
import type { Exchange, IkeSa, Sighting } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { exchangeAtEnd } from "../../places/exchange-at-end.js";
import { lackOf } from "./lacking-parts.js";
import { endsOf } from "../../../session/model/queries.js";

/** The attempts of a response that came whole to the capture of the end that asked. */
interface ArrivedResponse {
  readonly tries: number;
  /** Repeats of the request there, behind the first response that came. */
  readonly repeats: number;
}

/**
 * The response as the asker's own capture has it, where captures of several places were read together: their mixture holds all that
 * was sent, and so does not tell what arrived. Null where nothing whole came there, or no capture was taken there.
 */
export function arrivedResponse(
  context: TunnelContext,
  sa: IkeSa,
  exchange: Exchange,
): ArrivedResponse | null {
  const [asker] = endsOf(sa, exchange.startedBy);
  const there = exchangeAtEnd(context, sa, exchange, asker.address);
  const whole = there
    .filter((one) => lackOf(one) === null)
    .flatMap(({ response }) => response?.sightings ?? [])
    .filter(({ missingFragments }) => missingFragments === null);
  if (whole.length === 0) return null;
  const arrivedAt = Math.min(...whole.map(({ time }) => time));
  return {
    tries: triesBehind(whole, -Infinity),
    repeats: triesBehind(
      there.flatMap(({ request }) => request?.sightings ?? []),
      arrivedAt + CLOCKS_APART,
    ),
  };
}

/** How often a message was sent after `time`. An attempt in IKE fragments is as many packets: each number once. */
export function triesBehind(sightings: readonly Sighting[], time: number): number {
  const byFragment = new Map<number, number>();
  for (const sighting of sightings) {
    if (sighting.time > time) {
      byFragment.set(sighting.fragment, (byFragment.get(sighting.fragment) ?? 0) + 1);
    }
  }
  return Math.max(0, ...byFragment.values());
}
