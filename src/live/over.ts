import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";

/** A stream that another one of its direction has followed is over after this time without a packet. */
const OVER_AFTER: Micros = 600_000_000;
/** Streams that ended so long before an IKE SA was set up anew belong to what was before it. */
const LONG_BEFORE: Micros = 600_000_000;
/** Streams of a direction that stay all the same, so that a rekey can be told from a change of path. */
const KEPT = 4;

/**
 * The streams of a tunnel from before it was set up anew, at `setUpAt`, where it had been silent for long before: all of
 * them, as if the capture had begun then. That answers came in another life says nothing of those that are missing now.
 */
export function streamsBefore(streams: readonly EspStream[], setUpAt: Micros): Set<EspStream> {
  const before = streams.filter(({ lastTime }) => lastTime < setUpAt - LONG_BEFORE);
  const isApart = streams.every((stream) => stream.firstTime >= setUpAt || before.includes(stream));
  return new Set(isApart ? before : []);
}

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
