import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";

/** Packets of one size in a row that make a rhythm. */
const REPEATS = 4;
/** Intervals of a back-off double (RFC 6298 5.5); those of a ping are equal. Shares of the interval. */
const DOUBLING = { least: 1.6, most: 2.6 } as const;
/** TCP begins to repeat within seconds (RFC 6298 2.1, RFC 1122 4.2.3.1); where more packets double, the first may be forgotten. */
const FIRST_REPEAT: Micros = 3_500_000;
const MANY_REPEATS = 6;
/** The number of packets that have to double if others follow them. */
const LONG_RUN = 5;
const EQUAL = 0.15;
/** Packets nearer to each other are a burst or a stream, not questions that wait for an answer. */
const SHORTEST: Micros = 100_000;

/** A mirror port shows a packet again within this time. */
const COPY: Micros = 1_000;

/** "back-off": as TCP repeats. "steady": as pings come. */
export type Rhythm = "back-off" | "steady";

/** The last packets of one size of the largest that a stream has, and the rhythm they come in; null where they have none. */
export function lastQuestions({
  sizes: { lastLarge },
}: EspStream): { readonly rhythm: Rhythm; readonly questions: EspStream["sizes"]["lastLarge"] } | null {
  // Copies that the capture made are no packets of their own.
  const packets = lastLarge.filter(
    ({ bytes, time }, index) =>
      bytes !== lastLarge[index - 1]?.bytes || time - (lastLarge[index - 1]?.time ?? 0) >= COPY,
  );
  // A packet that is nearer to the one before belongs to a burst: of a TCP window only its first packet is repeated.
  const start = packets.findLastIndex(
    ({ bytes, time }, index) =>
      bytes !== packets.at(-1)?.bytes || time - (packets[index - 1]?.time ?? -Infinity) < SHORTEST,
  );
  const questions = packets.slice(start + 1);
  // Packets before may belong to an earlier run of the same size: the longest end with a rhythm counts.
  for (let from = 0; from + REPEATS <= questions.length; from++) {
    const run = questions.slice(from);
    const rhythm = rhythmOf(run.map(({ time }) => time));
    if (rhythm !== null) return { rhythm, questions: run };
  }
  // Or a connection gave up, and the first packets of the next one follow.
  for (let to = questions.length - 1; to >= LONG_RUN; to--) {
    const run = questions.slice(0, to);
    if (rhythmOf(run.map(({ time }) => time)) === "back-off") return { rhythm: "back-off", questions: run };
  }
  return null;
}

function rhythmOf(times: readonly Micros[]): Rhythm | null {
  const intervals = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const ratios = intervals.slice(1).map((interval, index) => interval / (intervals[index] ?? 1));
  if (ratios.every((ratio) => ratio >= DOUBLING.least && ratio <= DOUBLING.most)) {
    // A few intervals of messages at random times double by chance.
    return (intervals[0] ?? 0) <= FIRST_REPEAT || times.length >= MANY_REPEATS ? "back-off" : null;
  }
  return ratios.every((ratio) => Math.abs(ratio - 1) <= EQUAL) ? "steady" : null;
}
