import type { Micros } from "../../bytes/time.js";
import { type JudgedTunnel, tapEsp } from "../../index.js";
import { drawnStreams } from "../../report/html/charts.js";
import type { TimeSpan, TrafficAnswer } from "../../report/html/traffic/data.js";
import { BinsByFrame, StreamBins, trafficOfStream } from "../../report/html/traffic/stream-bins.js";
import type { Session } from "./session.js";

/** Bins of time of an answer: more than a screen has columns, so that one can look closer before the capture is read again. */
const BINS = 2048;

/** Reads the captures again for how much of a tunnel's ESP came when, of what size and with which sequence numbers. */
export async function trafficOf(
  { tunnel }: JudgedTunnel,
  span: TimeSpan | null,
  session: Session,
  clocks: readonly Micros[],
): Promise<TrafficAnswer> {
  const streams = drawnStreams(tunnel);
  const from = span?.from ?? Math.min(...streams.map(({ firstTime }) => firstTime));
  const to = span?.to ?? Math.max(...streams.map(({ lastTime }) => lastTime));
  const width = Math.max(1, (to - from + 1) / BINS);
  const bins = streams.map((stream) => new StreamBins(stream, { from, width, count: BINS }));
  await tapEsp(session.open({ clocks }), new BinsByFrame(bins));
  return { from, width, streams: bins.map((counted) => trafficOfStream(tunnel, counted)) };
}
