import type { EvidenceSelection } from "../report/evidence/selection.js";
import type { Look } from "./look.js";

type KeptStream = EvidenceSelection["streams"][number];

interface Counted extends KeptStream {
  seen: number;
}

/** Tells the first and the last packets of each stream, by counting as they come. */
export class StreamEnds {
  readonly #bySpi = new Map<number, Counted[]>();

  constructor(streams: readonly KeptStream[]) {
    for (const kept of streams) {
      const { spi } = kept.stream;
      const others = this.#bySpi.get(spi);
      const counted = { ...kept, seen: 0 };
      if (others === undefined) this.#bySpi.set(spi, [counted]);
      else others.push(counted);
    }
  }

  /** Whether the packet belongs to one of the streams. */
  keeps(look: Look): boolean {
    return this.#find(look) !== undefined;
  }

  /** Counts the packet; why it is wanted, or null. */
  count(look: Look): string | null {
    const counted = this.#find(look);
    if (counted === undefined) return null;
    const number = ++counted.seen;
    const { packets } = counted.stream;
    if (number > counted.ends && number <= packets - counted.ends) return null;
    return `context: packet ${number} of ${packets} of its stream`;
  }

  #find(look: Look): Counted | undefined {
    return this.#bySpi.get(look.spi)?.find((kept) => isOf(kept, look));
  }
}

function isOf({ stream }: KeptStream, look: Look): boolean {
  return (
    stream.encapsulation === look.encapsulation &&
    stream.source === look.source &&
    stream.destination === look.destination &&
    (look.encapsulation !== "udp" ||
      (stream.sourcePort === look.sourcePort && stream.destinationPort === look.destinationPort))
  );
}
