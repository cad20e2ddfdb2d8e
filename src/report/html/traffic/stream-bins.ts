import { addressBytes } from "../../../bytes/address.js";
import { u32At } from "../../../bytes/reader.js";
import { printable } from "../../../bytes/text.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspPacket } from "../../../esp/packet.js";
import { ENCAPSULATION_NAMES, type EspStream } from "../../../esp/stream.js";
import type { EspTap } from "../../../session/intake/esp-tap.js";
import type { KeptTunnel } from "../../../session/model.js";
import { sizeLimit, streamName } from "../charts.js";
import type { SequenceGap, StreamTraffic } from "./data.js";

/** Sizes that are counted one by one, bytes; what is larger counts as the largest. */
const SIZES = 2048;
/** Gaps of a stream that are told one by one. */
export const MOST_GAPS = 500;
/** A number so far behind the highest one is of a counter that began anew, not late. */
const LATE_NUMBERS = 4096;

/** Bins of time, each `width` microseconds wide. */
export interface TimeBins {
  readonly from: Micros;
  readonly width: Micros;
  readonly count: number;
}

/** The counters of a stream, with its name and the largest packet that its path takes. */
export function trafficOfStream(
  tunnel: KeptTunnel,
  { stream, packets, lowest, highest, sizes, gaps, gapsLeftOut }: StreamBins,
): StreamTraffic {
  return {
    name: printable(streamName(tunnel, stream)),
    ...sizeLimit(tunnel, stream),
    packets,
    lowest,
    highest,
    sizes,
    sizeWidth: 1,
    gaps,
    gapsLeftOut,
  };
}

/** Hands each packet to the bins of its stream: the first packet of a stream is known by its frame, the others by its key. */
export class BinsByFrame implements EspTap {
  readonly #waiting: readonly StreamBins[];
  readonly #known = new Map<string, StreamBins>();

  constructor(bins: readonly StreamBins[]) {
    this.#waiting = bins;
  }

  packet(packet: EspPacket): void {
    const key = packet.key.join(" ");
    let bins = this.#known.get(key);
    if (bins === undefined) {
      bins = this.#waiting.find(
        ({ stream }) => stream.firstFrame === packet.frame && stream.spi === packet.key[3],
      );
      if (bins === undefined) return;
      this.#known.set(key, bins);
    }
    bins.take(packet);
  }
}

/**
 * Hands each packet to the bins of its stream by addresses, ports, encapsulation and SPI: where the first packet of a stream
 * may not be there any more.
 */
export class BinsByFields implements EspTap {
  readonly #streams: readonly { readonly bins: StreamBins; readonly words: readonly number[] }[];

  constructor(bins: readonly StreamBins[]) {
    this.#streams = bins.map((one) => ({ bins: one, words: fieldsOf(one.stream) }));
  }

  packet(packet: EspPacket): void {
    const { key, addresses, isIpv6 } = packet;
    const length = isIpv6 ? 4 : 1;
    const isOf = ([spi, ports, encapsulation, version, ...ends]: readonly number[]): boolean =>
      key[3] === spi &&
      key[2] === ports &&
      ((key[4] ?? 0) & 0xff) === encapsulation &&
      version === length &&
      ends.every((word, at) => addresses[at < length ? at : at - length + 4] === word);
    this.#streams.find(({ words }) => isOf(words))?.bins.take(packet);
  }
}

/** SPI, ports, encapsulation, words of an address, and the words of both. */
function fieldsOf({
  source,
  destination,
  sourcePort,
  destinationPort,
  encapsulation,
  spi,
}: EspStream): number[] {
  const words = [source, destination].map((address) => {
    const bytes = addressBytes(address) ?? new Uint8Array(0);
    return Array.from({ length: bytes.length / 4 }, (_, word) => u32At(bytes, word * 4));
  });
  const ports = ((sourcePort << 16) | destinationPort) >>> 0;
  return [spi, ports, ENCAPSULATION_NAMES.indexOf(encapsulation), words[0]?.length ?? 0, ...words.flat()];
}

/** Counters of one stream by time and size, and the numbers that its packets passed over. */
export class StreamBins {
  readonly packets: Uint32Array;
  /** Sequence numbers of a bin; of one without packets both are 0. */
  readonly lowest: Uint32Array;
  readonly highest: Uint32Array;
  readonly sizes = new Uint32Array(SIZES);
  readonly gaps: SequenceGap[] = [];
  gapsLeftOut = 0;
  #newest: number | null = null;

  constructor(
    readonly stream: EspStream,
    readonly bins: TimeBins,
  ) {
    this.packets = new Uint32Array(bins.count);
    this.lowest = new Uint32Array(bins.count);
    this.highest = new Uint32Array(bins.count);
  }

  take({ time, sequence, length }: EspPacket): void {
    const { from, width, count } = this.bins;
    const bin = Math.floor((time - from) / width);
    const isSeen = bin >= 0 && bin < count;
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
    if (this.gaps.length < MOST_GAPS)
      this.gaps.push({ time, first: newest + 1, last: sequence - 1, missing, times: 1 });
    else this.gapsLeftOut++;
  }
}
