import { printable } from "../../bytes/text.js";
import type { Micros } from "../../bytes/time.js";
import type { EspPacket } from "../../esp/packet.js";
import type { EspStream } from "../../esp/stream.js";
import { type EspTap, type JudgedTunnel, tapEsp } from "../../index.js";
import { drawnStreams, sizeLimit, streamName } from "../../report/html/charts.js";
import type { SequenceGap, TrafficAnswer } from "../protocol.js";
import type { Session } from "./session.js";

/** Bins of time of an answer: more than a screen has columns, so that one can look closer before the capture is read again. */
const BINS = 2048;
/** Sizes that are counted one by one, bytes; what is larger counts as the largest. */
const SIZES = 2048;
/** Gaps of a stream that are told one by one. */
const MOST_GAPS = 500;
/** A number so far behind the highest one is of a counter that began anew, not late. */
const LATE_NUMBERS = 4096;

/** Reads the captures again for how much of a tunnel's ESP came when, of what size and with which sequence numbers. */
export async function trafficOf(
  { tunnel }: JudgedTunnel,
  span: { readonly from: Micros; readonly to: Micros } | null,
  session: Session,
  clocks: readonly Micros[],
): Promise<TrafficAnswer> {
  const streams = drawnStreams(tunnel);
  const from = span?.from ?? Math.min(...streams.map(({ firstTime }) => firstTime));
  const to = span?.to ?? Math.max(...streams.map(({ lastTime }) => lastTime));
  const width = Math.max(1, (to - from + 1) / BINS);
  const bins = streams.map((stream) => new StreamBins(stream, from, width));
  await tapEsp(session.open({ clocks }), new BinsByStream(bins));
  return {
    from,
    width,
    streams: bins.map((counted, index) => {
      const stream = streams[index];
      return {
        name: stream === undefined ? "" : printable(streamName(tunnel, stream)),
        ...(stream === undefined ? { room: 0, mtu: 0, isMtuByIcmp: false } : sizeLimit(tunnel, stream)),
        packets: counted.packets,
        lowest: counted.lowest,
        highest: counted.highest,
        sizes: counted.sizes,
        gaps: counted.gaps,
        gapsLeftOut: counted.gapsLeftOut,
      };
    }),
  };
}

/** Hands each packet to the bins of its stream: the first packet of a stream is known by its frame, the others by its key. */
class BinsByStream implements EspTap {
  readonly #waiting: StreamBins[];
  readonly #known = new Map<string, StreamBins | null>();

  constructor(bins: readonly StreamBins[]) {
    this.#waiting = [...bins];
  }

  packet(packet: EspPacket): void {
    const key = packet.key.join(" ");
    let bins = this.#known.get(key);
    if (bins === undefined || bins === null) {
      bins = this.#waiting.find(
        ({ stream }) => stream.firstFrame === packet.frame && stream.spi === packet.key[3],
      );
      if (bins === undefined) return;
      this.#known.set(key, bins);
    }
    bins.take(packet);
  }
}

/** Counters of one stream. */
class StreamBins {
  readonly packets = new Uint32Array(BINS);
  /** Sequence numbers of a bin; of one without packets both are 0. */
  readonly lowest = new Uint32Array(BINS);
  readonly highest = new Uint32Array(BINS);
  readonly sizes = new Uint32Array(SIZES);
  readonly gaps: SequenceGap[] = [];
  gapsLeftOut = 0;
  #newest: number | null = null;

  constructor(
    readonly stream: EspStream,
    readonly from: Micros,
    readonly width: Micros,
  ) {}

  take({ time, sequence, length }: EspPacket): void {
    const bin = Math.floor((time - this.from) / this.width);
    const isSeen = bin >= 0 && bin < BINS;
    if (isSeen) {
      const isFirst = this.packets[bin] === 0;
      this.packets[bin] = (this.packets[bin] ?? 0) + 1;
      this.lowest[bin] = isFirst ? sequence : Math.min(this.lowest[bin] ?? 0, sequence);
      this.highest[bin] = isFirst ? sequence : Math.max(this.highest[bin] ?? 0, sequence);
      const size = Math.min(SIZES - 1, length);
      this.sizes[size] = (this.sizes[size] ?? 0) + 1;
    }
    this.#follow(time, sequence, isSeen);
  }

  #follow(time: Micros, sequence: number, isSeen: boolean): void {
    const newest = this.#newest;
    const isLate = newest !== null && sequence <= newest && newest - sequence < LATE_NUMBERS;
    if (isLate) return;
    this.#newest = sequence;
    const missing = newest === null || sequence < newest ? 0 : sequence - newest - 1;
    if (missing === 0 || newest === null || !isSeen) return;
    if (this.gaps.length < MOST_GAPS) this.gaps.push({ time, first: newest + 1, missing });
    else this.gapsLeftOut++;
  }
}
