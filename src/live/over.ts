import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";

/** A stream that another one of its direction has followed is over after this time without a packet. */
const OVER_AFTER: Micros = 600_000_000;
/** Streams of a direction that stay all the same, so that a rekey can be told from a change of path. */
const KEPT = 4;

/**
 * The streams of a tunnel that newer ones have replaced long ago. The newest of each direction always stay: without one of
 * them the other direction alone would look like a fault.
 */
export function replacedStreams(streams: readonly EspStream[], now: Micros): Set<EspStream> {
  const directions = new Map<string, EspStream[]>();
  for (const stream of streams) {
    const key = `${stream.source} ${stream.destination} ${stream.encapsulation}`;
    const known = directions.get(key);
    if (known === undefined) directions.set(key, [stream]);
    else known.push(stream);
  }
  const over = new Set<EspStream>();
  for (const direction of directions.values()) {
    const sorted = direction.toSorted((a, b) => a.firstTime - b.firstTime);
    const lastBegan = sorted.at(-1)?.firstTime ?? 0;
    for (const stream of sorted.slice(0, -KEPT)) {
      if (stream.lastTime < lastBegan && now - stream.lastTime > OVER_AFTER) over.add(stream);
    }
  }
  return over;
}
