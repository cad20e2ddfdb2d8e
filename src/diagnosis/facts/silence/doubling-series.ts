import type { Micros } from "../../../bytes/time.js";
import type { LargePacket } from "../../../esp/stream.js";

/** One series of so many packets is no chance; nor are shorter ones that most of the packets belong to. */
const LONE_SERIES = 6;
const SERIES_OF_MOST = { least: 4, packets: 8, share: 0.6 } as const;
/** The shortest timeout of Linux (200 ms), with the clock's ticks. */
const FIRST_INTERVAL: Micros = 180_000;
/** How exactly a timer doubles: share of the interval, and ticks of a coarse clock. */
const EXACT = { share: 0.025, ticks: 20_000 } as const;

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

/** The series that two packets begin. */
function seriesFrom(packets: readonly LargePacket[], first: LargePacket, second: LargePacket): LargePacket[] {
  const series = [first, second];
  for (let [before, last] = [first, second]; ;) {
    const interval = 2 * (last.time - before.time);
    const due = last.time + interval;
    const slack = Math.max(EXACT.ticks, interval * EXACT.share);
    const next = nearest(packets, first.bytes, due);
    if (next === undefined || Math.abs(next.time - due) > slack) return series;
    series.push(next);
    [before, last] = [last, next];
  }
}

function nearest(packets: readonly LargePacket[], size: number, due: Micros): LargePacket | undefined {
  let found: LargePacket | undefined;
  for (const packet of packets) {
    if (packet.bytes !== size) continue;
    if (found === undefined || Math.abs(packet.time - due) < Math.abs(found.time - due)) found = packet;
  }
  return found;
}
