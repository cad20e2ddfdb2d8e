/** What a stream's counters should say. */
export interface NaiveStream {
  readonly packets: number;
  readonly bytes: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly highestSequence: number;
  readonly lost: number;
  readonly reordered: number;
  readonly duplicates: number;
  readonly largest: number;
}

interface State {
  readonly seen: Set<number>;
  packets: number;
  bytes: number;
  first: number;
  last: number;
  highest: number;
  reordered: number;
  duplicates: number;
  largest: number;
}

const WINDOW = 64;

/** Counts streams with sets of numbers: slow and plain. */
export class NaiveStreams {
  readonly #streams = new Map<string, State>();

  get size(): number {
    return this.#streams.size;
  }

  count(key: string, sequence: number, length: number): void {
    const known = this.#streams.get(key);
    if (known === undefined) {
      this.#streams.set(key, {
        seen: new Set([sequence]),
        packets: 1,
        bytes: length,
        first: sequence,
        last: sequence,
        highest: sequence,
        reordered: 0,
        duplicates: 0,
        largest: length,
      });
      return;
    }
    known.packets++;
    known.bytes += length;
    known.last = sequence;
    known.largest = Math.max(known.largest, length);
    if (sequence > known.highest) {
      known.highest = sequence;
      known.seen.add(sequence);
    } else if (known.highest - sequence < WINDOW) {
      if (known.seen.has(sequence)) known.duplicates++;
      else {
        known.reordered++;
        known.seen.add(sequence);
        known.first = Math.min(known.first, sequence);
      }
    }
  }

  stream(key: string): NaiveStream {
    const known = this.#streams.get(key);
    if (known === undefined) throw new RangeError(`no stream ${key}`);
    return {
      packets: known.packets,
      bytes: known.bytes,
      firstSequence: known.first,
      lastSequence: known.last,
      highestSequence: known.highest,
      // All that was counted lies between first and highest; what is not there was lost, or came too late to be told.
      lost: known.highest - known.first + 1 - known.seen.size,
      reordered: known.reordered,
      duplicates: known.duplicates,
      largest: known.largest,
    };
  }
}
