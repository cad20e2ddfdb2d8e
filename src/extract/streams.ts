import type { EvidenceSelection } from "../report/evidence/selection.js";
import type { Look } from "./look.js";

type Stream = EvidenceSelection["streams"][number];

interface Counted {
  readonly stream: Stream;
  seen: number;
}

/** Tells the first and the last packets of each stream, by counting as they come. */
export class StreamEnds {
  readonly #bySpi = new Map<number, Counted[]>();
  readonly #kept: number;

  constructor(streams: readonly Stream[], kept: number) {
    this.#kept = kept;
    for (const stream of streams) {
      const others = this.#bySpi.get(stream.spi);
      const counted = { stream, seen: 0 };
      if (others === undefined) this.#bySpi.set(stream.spi, [counted]);
      else others.push(counted);
    }
  }

  /** Counts the packet; why it is wanted, or null. */
  count(look: Look): string | null {
    const counted = this.#bySpi.get(look.spi)?.find(({ stream }) => isOf(stream, look));
    if (counted === undefined) return null;
    const number = ++counted.seen;
    const { packets } = counted.stream;
    if (number > this.#kept && number <= packets - this.#kept) return null;
    return `context: packet ${number} of ${packets} of its stream`;
  }
}

function isOf(stream: Stream, look: Look): boolean {
  return (
    stream.encapsulation === look.encapsulation &&
    stream.source === look.source &&
    stream.destination === look.destination &&
    (look.encapsulation !== "udp" ||
      (stream.sourcePort === look.sourcePort && stream.destinationPort === look.destinationPort))
  );
}
