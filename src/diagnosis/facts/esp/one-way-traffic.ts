import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { sizeBinsOf, sumOf } from "./esp-directions.js";
import { lastQuestions } from "../silence/rhythm.js";

/** Limits of pings that a person sends: packets, microseconds, and the silence, in intervals, after which they have ended. */
const RUN = { packets: 30, time: 30_000_000, silence: 1.5 } as const;
/** Pings and repeated requests have at least this interval. */
const BETWEEN_QUESTIONS_US: Micros = 150_000;
/** Reports come in many sizes: so many bins of the size distribution have at least this share of the packets. */
const REPORTS = { packets: 40, bins: 5, share: 0.05 } as const;
/** Fewer packets are reports where no bin has more than this share: among first packets that are sent again one size has most. */
const FEW_REPORTS = { packets: 12, largestShare: 1 / 3 } as const;

/**
 * The look of traffic that nobody answers. "repeats": packets that come again as TCP repeats them want an answer.
 * "pings": so do a person's pings, few and over. "beats": heartbeats have the same rhythm and go on, and need none.
 * "reports": log messages and flow records have many sizes; who waits for an answer never gets beyond its first packets, and
 * those are of a few sizes. "unclear": anything else.
 */
export type OneWayKind = "repeats" | "pings" | "beats" | "reports" | "unclear";

/** The kind of the packets of one direction, in a capture that goes on until `end`. */
export function oneWayKind(streams: readonly EspStream[], end: Micros): OneWayKind {
  const rhythms = streams.map((stream) => lastQuestions(stream)?.rhythm);
  if (rhythms.includes("back-off")) return "repeats";
  if (hasManySizes(streams)) return "reports";
  if (!rhythms.includes("steady") || isFlow(streams)) return "unclear";
  return isOver(streams, end) ? "pings" : "beats";
}

function hasManySizes(streams: readonly EspStream[]): boolean {
  const bins = sizeBinsOf(streams);
  const packets = sumOf(bins, (bin) => bin.packets);
  const used = bins.filter((bin) => bin.packets >= packets * REPORTS.share);
  const isEven = bins.every((bin) => bin.packets <= packets * FEW_REPORTS.largestShare);
  return used.length >= REPORTS.bins && packets >= (isEven ? FEW_REPORTS : REPORTS).packets;
}

/** Whether no size, within a bin, has half of the packets, as with log messages: a sender that asks again does so in packets of one size. */
export function varyInSize(streams: readonly EspStream[]): boolean {
  const bins = sizeBinsOf(streams);
  return bins.every((bin) => bin.packets * 2 < sumOf(bins, ({ packets }) => packets));
}

/** Many packets a second, of which the kept ones stand apart as pings do. Copies that the capture made are none of them. */
function isFlow(streams: readonly EspStream[]): boolean {
  return streams.some(
    ({ packets, duplicates, firstTime, lastTime }) =>
      (packets - duplicates) * BETWEEN_QUESTIONS_US > lastTime - firstTime + BETWEEN_QUESTIONS_US,
  );
}

/** A few packets in a short time, and the capture goes on behind them without another. */
function isOver(streams: readonly EspStream[], end: Micros): boolean {
  // A mirror port shows each packet twice.
  const packets = sumOf(streams, (stream) => stream.packets - stream.duplicates);
  const first = Math.min(...streams.map(({ firstTime }) => firstTime));
  const last = Math.max(...streams.map(({ lastTime }) => lastTime));
  const interval = (last - first) / (packets - 1);
  return packets <= RUN.packets && last - first <= RUN.time && end - last >= RUN.silence * interval;
}
