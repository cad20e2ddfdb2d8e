import type { Micros } from "../../../bytes/time.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";

/** Doubled children live side by side for longer than a rekey takes to delete the old one. */
const SIDE_BY_SIDE = 10_000_000;

/** Each direction has two streams, with SPIs that began after `time`, that live side by side. */
export function isDoubled({ tunnel }: TunnelContext, time: Micros): boolean {
  const streams = tunnel.streams.filter(({ firstTime }) => firstTime >= time);
  const sources = new Set(
    streams
      .filter((one) =>
        streams.some(
          (two) =>
            two.source === one.source &&
            two.destination === one.destination &&
            two.spi !== one.spi &&
            Math.min(one.lastTime, two.lastTime) - Math.max(one.firstTime, two.firstTime) >= SIDE_BY_SIDE,
        ),
      )
      .map(({ source }) => canonicalOf(tunnel, source)),
  );
  return sources.size > 1;
}
