import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";

/** From one side of a device to the other a packet takes less. */
const AT_ONCE_US: Micros = 100_000;

/**
 * Streams by those that may be the same packets between other addresses, as a capture on both sides of a NAT device has them: of one
 * SPI, with an end in common.
 */
export function otherViews(streams: readonly EspStream[]): ReadonlyMap<EspStream, readonly EspStream[]> {
  const bySpi = new Map<number, EspStream[]>();
  for (const stream of streams) {
    const known = bySpi.get(stream.spi);
    if (known === undefined) bySpi.set(stream.spi, [stream]);
    else known.push(stream);
  }
  const views = new Map<EspStream, readonly EspStream[]>();
  for (const same of bySpi.values()) {
    if (same.length < 2) continue;
    for (const stream of same) {
      const others = same.filter((other) => isBetweenOthers(stream, other));
      if (others.length > 0) views.set(stream, others);
    }
  }
  return views;
}

function isBetweenOthers(one: EspStream, other: EspStream): boolean {
  return (
    one.encapsulation === other.encapsulation &&
    (one.source === other.source) !== (one.destination === other.destination)
  );
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
