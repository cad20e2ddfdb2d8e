import type { Address } from "../../../bytes/address.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { isMerged } from "../esp/esp-directions.js";
import { canonicalOf } from "../sides.js";

/** IKE messages that the snap length cut before the end of their headers, and nothing of the other side behind them. */
export interface UnreadEnd {
  readonly source: Address;
  readonly count: number;
}

/**
 * The unread IKE messages of one side that are the last of the tunnel; null where there are fewer than two. One can be an answer, two
 * in a row can be a request that nobody answers.
 */
export function unreadEnd({ tunnel, setups, capture: { files } }: TunnelContext): UnreadEnd | null {
  const unread = tunnel.malformed.filter(
    ({ what, cutBySnapLength }) => what === "datagram" && cutBySnapLength,
  );
  const source = unread.at(-1)?.source.address;
  if (source === undefined || isMerged(files)) return null;
  const own = canonicalOf(tunnel, source);
  const isOwn = (address: Address): boolean => canonicalOf(tunnel, address) === own;
  const others = [
    ...unread.filter((one) => !isOwn(one.source.address)).map(({ time }) => time),
    ...tunnel.streams.filter((stream) => !isOwn(stream.source)).map(({ lastTime }) => lastTime),
    ...setups.flatMap(({ sa }) =>
      sa.exchanges.flatMap(({ request, response }) => [lastTimeOf(request), lastTimeOf(response)]),
    ),
  ];
  const last = Math.max(...others);
  const count = unread.filter(({ time }) => time > last).length;
  return count < 2 ? null : { source, count };
}
