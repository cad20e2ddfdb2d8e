import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";

/** Packets of both addresses may cross on the way. */
const CROSSING_US: Micros = 1_000_000;
/** The most packets that are lost until a sender is seen at its new address. */
const LARGEST_GAP_PACKETS = 65_536;

/**
 * Streams by their SA, whoever sends: its receiver chose the SPI, for itself alone (RFC 4301 section 4.1). Expects them in the
 * order of their beginnings.
 */
export class ContinuedSas {
  readonly #latest = new Map<string, EspStream>();

  /**
   * Takes a stream in; returns the one from another address that it continues, for that one ended and the sequence numbers go
   * on, or it has numbers that are missing there. Null where there is none.
   */
  add(stream: EspStream): EspStream | null {
    const key = keyOf(stream);
    const before = this.#latest.get(key);
    this.#latest.set(key, stream);
    return before !== undefined && (continues(before, stream) || isMissingIn(before, stream)) ? before : null;
  }

  /** Lets go of a stream that is given up: its counters may be used by another one. */
  forget(stream: EspStream): void {
    const key = keyOf(stream);
    if (this.#latest.get(key) === stream) this.#latest.delete(key);
  }
}

function keyOf({ spi, destination, encapsulation }: EspStream): string {
  return `${spi} ${encapsulation} ${destination}`;
}

function continues(before: EspStream, after: EspStream): boolean {
  const gap = after.firstSequence - before.highestSequence;
  return (
    before.source !== after.source &&
    after.firstTime >= before.lastTime - CROSSING_US &&
    gap > 0 &&
    gap <= LARGEST_GAP_PACKETS
  );
}

/**
 * Whether a sender left for a moment and came back: the numbers lie within those of the earlier stream and are missing there. A NAT device
 * whose rules are loaded anew lets single packets pass with the address that they come with.
 */
function isMissingIn(before: EspStream, after: EspStream): boolean {
  return (
    before.source !== after.source &&
    after.firstTime >= before.firstTime &&
    after.lastTime <= before.lastTime &&
    after.firstSequence > before.firstSequence &&
    after.highestSequence < before.highestSequence &&
    after.packets <= before.lost
  );
}
