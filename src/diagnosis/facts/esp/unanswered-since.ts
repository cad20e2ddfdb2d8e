import type { Micros } from "../../../bytes/time.js";
import { LARGE_KEPT } from "../../../esp/layout.js";
import { type EspStream, SIZE_BINS } from "../../../esp/stream.js";
import { binOf } from "./answered-sizes.js";
import { flowedBefore } from "./flowed-before.js";
import { copiesOf, sizeBinsOf, sumOf } from "./esp-directions.js";

/** So few packets of one size are followed by a packet of the peer by chance, if many of other sizes are answered. */
const BY_CHANCE = { packets: 3, share: 0.05 } as const;

/**
 * Packets of these streams that nobody answered at once, and whether others of their size had been answered. Those that came before
 * `time` do not count where that is known: in streams that ended, and among the largest, whose last ones are kept.
 */
export function unansweredSince(
  streams: readonly EspStream[],
  time: Micros,
): { readonly likeAnswered: number; readonly neverAnswered: number } {
  const all = sizeBinsOf(streams);
  const turns = sumOf(all, ({ answered }) => answered);
  const isAnswered = (bin: number): boolean => {
    const answered = all[bin]?.answered ?? 0;
    return answered > 0 && (answered > BY_CHANCE.packets || answered >= turns * BY_CHANCE.share);
  };
  let [likeAnswered, neverAnswered] = [0, 0];
  for (const stream of streams) {
    if (stream.lastTime <= time) continue;
    // The peer acknowledges the last packet of a burst, which may be smaller.
    const flowedBin = flowedBefore(stream, time) ? binOf(stream.sizes.largest) : null;
    for (let bin = 0; bin < SIZE_BINS; bin++) {
      const unanswered = unansweredOf(stream, bin, time);
      if (isAnswered(bin) || bin === flowedBin) likeAnswered += unanswered;
      else neverAnswered += unanswered;
    }
  }
  return { likeAnswered, neverAnswered };
}

function unansweredOf(stream: EspStream, bin: number, time: Micros): number {
  const { packets, answered, largest, lastLarge } = stream.sizes;
  const unanswered = (packets[bin] ?? 0) / copiesOf(stream) - (answered[bin] ?? 0);
  const since = lastLarge.filter((packet) => packet.time > time).length;
  return bin === binOf(largest) && since < LARGE_KEPT ? Math.min(unanswered, since) : unanswered;
}
