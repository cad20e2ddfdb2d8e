import type { Micros } from "../../../bytes/time.js";
import type { LargePacket } from "../../../esp/stream.js";

/** One series of so many packets is no chance; nor are shorter ones that most of the packets belong to. */
const LONE_SERIES = 6;
const SERIES_OF_MOST = { least: 4, packets: 8, share: 0.7 } as const;
/** The shortest timeout of Linux (200 ms), with the clock's ticks. */
const FIRST_INTERVAL: Micros = 180_000;
/**
 * A timer fires late and not early: Linux by an eighth of its time at most, for the wheel that its timers stand in is coarser for longer
 * ones. Share of the timeout, and ticks of a coarse clock (microseconds).
 */
const TIMER_LATENESS = { share: 1 / 8, ticks: 16_000 } as const;

/**
 * The series of packets that connections repeat while their timeouts double (RFC 6298 5.5), the longest first, each of one size and
 * whatever comes between its packets. Empty where the intervals may double by chance.
 */
export function doublingSeries(packets: readonly LargePacket[]): (readonly LargePacket[])[] {
  const found: (readonly LargePacket[])[] = [];
  for (let left = packets; ;) {
    const series = longestOf(left);
    if (series.length < SERIES_OF_MOST.least) break;
    found.push(series);
    left = left.filter((packet) => !series.includes(packet));
  }
  const covered = found.reduce((sum, { length }) => sum + length, 0);
  const isMost = packets.length >= SERIES_OF_MOST.packets && covered >= packets.length * SERIES_OF_MOST.share;
  return isMost ? found : found.filter(({ length }) => length >= LONE_SERIES);
}

function longestOf(packets: readonly LargePacket[]): readonly LargePacket[] {
  let longest: readonly LargePacket[] = [];
  packets.forEach((first, index) => {
    for (const second of packets.slice(index + 1)) {
      if (second.time - first.time < FIRST_INTERVAL || second.bytes !== first.bytes) continue;
      const series = seriesFrom(packets, first, second);
      if (series.length > longest.length) longest = series;
    }
  });
  return longest;
}

/** The series that two packets begin: each timeout is twice the one before, and what is seen of it may be late. */
function seriesFrom(packets: readonly LargePacket[], first: LargePacket, second: LargePacket): LargePacket[] {
  const series = [first, second];
  // Between these lies the first timeout.
  let [shortest, longest] = timeoutsOf(second.time - first.time);
  for (let [last, factor] = [second, 2]; ; factor *= 2) {
    const { time } = last;
    const next = packets.find(
      (packet) =>
        packet.bytes === first.bytes &&
        packet.time >= time + shortest * factor &&
        packet.time <= time + longest * factor * (1 + TIMER_LATENESS.share) + TIMER_LATENESS.ticks,
    );
    if (next === undefined) return series;
    series.push(next);
    const [least, most] = timeoutsOf(next.time - time);
    [shortest, longest] = [Math.max(shortest, least / factor), Math.min(longest, most / factor)];
    last = next;
  }
}

/** The shortest and the longest timeout that an interval may be of. */
function timeoutsOf(interval: Micros): [shortest: Micros, longest: Micros] {
  return [(interval - TIMER_LATENESS.ticks) / (1 + TIMER_LATENESS.share), interval];
}
