import { printable } from "../../../bytes/text.js";
import type { Micros } from "../../../bytes/time.js";
import { type EspStream, SIZE_BIN_WIDTH } from "../../../esp/stream.js";
import type { KeptTunnel } from "../../../session/model.js";
import { drawnStreams, sizeLimit, streamName } from "../charts.js";
import type { SequenceGap, StreamTraffic, TrafficAnswer } from "./data.js";
import { MOST_GAPS, type StreamBins, type TimeBins } from "./stream-bins.js";

/** Bins of a series; when they are full, each becomes twice as wide. */
export const SERIES_BINS = 512;

/**
 * The ESP of a tunnel over time, from counters that are looked at again and again: what came between two looks counts as
 * come at the later one. Memory is bounded, however long it goes on: bins are joined, and streams are those that are drawn.
 */
export class TrafficSeries {
  readonly #from: Micros;
  #width: Micros;
  #streams = new Map<string, StreamSeries>();

  /** Counts what comes after the counters of `tunnel` as they stand; of `bins` it has {@link SERIES_BINS}, the first ones for the past. */
  constructor({ from, width }: Pick<TimeBins, "from" | "width">, tunnel: KeptTunnel) {
    this.#from = from;
    this.#width = width;
    for (const stream of drawnStreams(tunnel)) {
      this.#streams.set(keyOf(stream), new StreamSeries(tunnel, stream, countersOf(stream)));
    }
  }

  /** Adds what came before, in the same bins; before the first look. */
  recall(past: readonly StreamBins[]): void {
    for (const bins of past) this.#streams.get(keyOf(bins.stream))?.recall(bins);
  }

  /** Looks at the counters as they stand at `now`. */
  look(tunnel: KeptTunnel, now: Micros): void {
    while (now >= this.#from + this.#width * SERIES_BINS) this.#join();
    const bin = Math.max(0, Math.floor((now - this.#from) / this.#width));
    const streams = new Map<string, StreamSeries>();
    for (const stream of drawnStreams(tunnel)) {
      const series = this.#streams.get(keyOf(stream)) ?? new StreamSeries(tunnel, stream, nothingOf(stream));
      series.look(tunnel, stream, bin, now);
      streams.set(keyOf(stream), series);
    }
    this.#streams = streams;
  }

  /** All of it up to now. */
  answer(now: Micros): TrafficAnswer {
    const bins = Math.min(SERIES_BINS, Math.max(1, Math.floor((now - this.#from) / this.#width) + 1));
    return {
      from: this.#from,
      width: this.#width,
      streams: [...this.#streams.values()].map((series) => series.answer(bins)),
    };
  }

  #join(): void {
    this.#width *= 2;
    for (const series of this.#streams.values()) series.join();
  }
}

/** A stream is told by what its packets say, and by when it began: the same SPI may come again. */
function keyOf({
  source,
  destination,
  sourcePort,
  destinationPort,
  encapsulation,
  spi,
  firstFrame,
}: EspStream): string {
  return [source, sourcePort, destination, destinationPort, encapsulation, spi, firstFrame].join(" ");
}

/** The counters of a stream that a look compares with those of the look before. */
type Counters = ReturnType<typeof countersOf>;

function countersOf({ packets, highestSequence, reordered, duplicates, order }: EspStream) {
  const { gaps, tooOld, restarts, wraps } = order;
  return {
    packets,
    highest: highestSequence,
    behind: reordered + duplicates + tooOld,
    gaps,
    anew: restarts + wraps,
  };
}

/** Those of a stream before its first packet. */
function nothingOf({ firstSequence }: EspStream): Counters {
  return { packets: 0, highest: firstSequence - 1, behind: 0, gaps: 0, anew: 0 };
}

class StreamSeries {
  readonly #packets = new Uint32Array(SERIES_BINS);
  readonly #lowest = new Uint32Array(SERIES_BINS);
  readonly #highest = new Uint32Array(SERIES_BINS);
  readonly #gaps: SequenceGap[] = [];
  #gapsLeftOut = 0;
  #last: Counters;
  #head: Pick<StreamTraffic, "name" | "room" | "mtu" | "isMtuByIcmp" | "sizes">;

  constructor(tunnel: KeptTunnel, stream: EspStream, before: Counters) {
    this.#last = before;
    this.#head = headOf(tunnel, stream);
  }

  recall(past: StreamBins): void {
    this.#packets.set(past.packets);
    this.#lowest.set(past.lowest);
    this.#highest.set(past.highest);
    this.#gaps.push(...past.gaps);
    this.#gapsLeftOut = past.gapsLeftOut;
  }

  look(tunnel: KeptTunnel, stream: EspStream, bin: number, now: Micros): void {
    const { packets, highest, behind, gaps, anew } = this.#last;
    const counters = countersOf(stream);
    this.#last = counters;
    this.#head = headOf(tunnel, stream);
    const more = counters.packets - packets;
    if (more <= 0) return;
    const isOn = counters.anew === anew && counters.highest > highest;
    const isFirst = this.#packets[bin] === 0;
    const low = isOn ? highest + 1 : counters.highest;
    this.#packets[bin] = (this.#packets[bin] ?? 0) + more;
    this.#lowest[bin] = isFirst ? low : Math.min(this.#lowest[bin] ?? 0, low);
    this.#highest[bin] = Math.max(isFirst ? 0 : (this.#highest[bin] ?? 0), counters.highest);
    // A packet that is not behind the highest number moves it by one, and by the numbers that it passes over.
    const missing = counters.highest - highest - (more - (counters.behind - behind));
    const times = counters.gaps - gaps;
    if (!isOn || missing <= 0 || times <= 0) return;
    if (this.#gaps.length < MOST_GAPS)
      this.#gaps.push({ time: now, first: highest + 1, last: counters.highest - 1, missing, times });
    else this.#gapsLeftOut += times;
  }

  join(): void {
    const [packets, lowest, highest] = [this.#packets, this.#lowest, this.#highest];
    for (let bin = 0; bin < SERIES_BINS / 2; bin++) {
      const full = [2 * bin, 2 * bin + 1].filter((at) => (packets[at] ?? 0) > 0);
      const count = full.reduce((sum, at) => sum + (packets[at] ?? 0), 0);
      lowest[bin] = full.length === 0 ? 0 : Math.min(...full.map((at) => lowest[at] ?? 0));
      highest[bin] = Math.max(0, ...full.map((at) => highest[at] ?? 0));
      packets[bin] = count;
    }
    for (const bins of [packets, lowest, highest]) bins.fill(0, SERIES_BINS / 2);
  }

  answer(bins: number): StreamTraffic {
    return {
      ...this.#head,
      sizeWidth: SIZE_BIN_WIDTH,
      packets: this.#packets.slice(0, bins),
      lowest: this.#lowest.slice(0, bins),
      highest: this.#highest.slice(0, bins),
      gaps: [...this.#gaps],
      gapsLeftOut: this.#gapsLeftOut,
    };
  }
}

function headOf(tunnel: KeptTunnel, stream: EspStream) {
  const name = printable(streamName(tunnel, stream));
  return { name, ...sizeLimit(tunnel, stream), sizes: stream.sizes.packets.slice() };
}
