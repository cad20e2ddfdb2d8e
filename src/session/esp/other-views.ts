import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";

/** From one side of a device to the other a packet takes less. */
const AT_ONCE_US: Micros = 100_000;

/**
 * Streams of one SPI with one end in common that are looked at, the first ones. A NAT device makes a handful of one stream; who forges
 * packets of one SPI from all addresses would have each stream compared with all others.
 */
const MOST_VIEWS = 64;

/**
 * The streams that may be the same packets between other addresses, as a capture on both sides of a NAT device has them: of one SPI,
 * with an end in common.
 */
export class OtherViews {
  readonly #byEnd = new Map<string, EspStream[]>();

  /** `streams` are all of a capture, in the order of their beginnings. */
  constructor(streams: readonly EspStream[]) {
    const bySpi = new Map<number, number>();
    for (const { spi } of streams) bySpi.set(spi, (bySpi.get(spi) ?? 0) + 1);
    for (const stream of streams) {
      if ((bySpi.get(stream.spi) ?? 0) < 2) continue;
      for (const key of endsOf(stream)) {
        const known = this.#byEnd.get(key);
        if (known === undefined) this.#byEnd.set(key, [stream]);
        else if (known.length < MOST_VIEWS) known.push(stream);
      }
    }
  }

  /** The other views of a stream, in the order of their beginnings; at most {@link MOST_VIEWS} for each of its ends. */
  of(stream: EspStream): readonly EspStream[] {
    const { source, destination } = stream;
    return endsOf(stream)
      .flatMap((key) => this.#byEnd.get(key) ?? [])
      .filter((other) => (source === other.source) !== (destination === other.destination))
      .toSorted((a, b) => a.firstTime - b.firstTime);
  }
}

/** Keys of a stream by its source and by its destination. */
function endsOf({ spi, encapsulation, source, destination }: EspStream): readonly string[] {
  return [`${spi} ${encapsulation} from ${source}`, `${spi} ${encapsulation} to ${destination}`];
}

/** Whether two streams of one SPI are surely the same packets: they begin at once, with the same number, on two sides of a router. */
export function areSamePackets(one: EspStream, other: EspStream): boolean {
  return (
    one.firstSequence === other.firstSequence &&
    Math.abs(one.firstTime - other.firstTime) < AT_ONCE_US &&
    one.largest === other.largest &&
    one.outer.highestTtl !== other.outer.highestTtl
  );
}
