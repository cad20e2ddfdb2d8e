/** The counters that a stream should have. */
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
  readonly restarts: number;
}

interface State {
  /** Numbers since the last restart. */
  seen: Set<number>;
  /** Lost before it. */
  lostBefore: number;
  epochFirst: number;
  restarts: number;
  /** The state before a fall to the beginning, and its packets so far. */
  fall: { readonly before: State; readonly sequences: number[] } | null;
  packets: number;
  bytes: number;
  first: number;
  last: number;
  highest: number;
  reordered: number;
  duplicates: number;
  largest: number;
}

const WINDOW = 4096;
/** Three packets in a row from the beginning of the numbers on, far behind, are a counter that began anew. */
const RESTART = { below: 64, behind: 64, packets: 3 };

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
        lostBefore: 0,
        epochFirst: sequence,
        restarts: 0,
        fall: null,
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
    const { fall, last } = known;
    const falls = sequence < known.highest;
    if (falls && fall !== null && sequence === (fall.sequences.at(-1) ?? 0) + 1 && last === sequence - 1) {
      fall.sequences.push(sequence);
    } else if (falls) {
      const begins = sequence <= RESTART.below && known.highest - sequence >= RESTART.behind;
      known.fall = begins
        ? { before: { ...known, seen: new Set(known.seen), fall: null }, sequences: [sequence] }
        : null;
    }
    known.packets++;
    known.bytes += length;
    known.last = sequence;
    known.largest = Math.max(known.largest, length);
    if (known.fall?.sequences.length === RESTART.packets && known.fall.sequences.at(-1) === sequence) {
      this.#restart(key, known, known.fall.before, known.fall.sequences);
      return;
    }
    if (sequence > known.highest) {
      known.highest = sequence;
      known.seen.add(sequence);
    } else if (known.highest - sequence < WINDOW) {
      if (known.seen.has(sequence)) known.duplicates++;
      else {
        known.reordered++;
        known.seen.add(sequence);
        if (known.restarts === 0) known.first = Math.min(known.first, sequence);
      }
    }
  }

  #restart(key: string, now: State, before: State, sequences: readonly number[]): void {
    const [first = 0] = sequences;
    this.#streams.set(key, {
      ...before,
      lostBefore: lostOf(before),
      seen: new Set(sequences),
      epochFirst: first,
      restarts: before.restarts + 1,
      highest: sequences.at(-1) ?? 0,
      packets: now.packets,
      bytes: now.bytes,
      last: now.last,
      largest: now.largest,
    });
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
      lost: lostOf(known),
      restarts: known.restarts,
      reordered: known.reordered,
      duplicates: known.duplicates,
      largest: known.largest,
    };
  }
}

/** From the first one that was seen to the highest: what is not there was lost, or came too late to be told. */
function lostOf({ lostBefore, highest, epochFirst, seen }: State): number {
  const counted = [...seen].filter((sequence) => sequence >= epochFirst).length;
  return lostBefore + highest - epochFirst + 1 - counted;
}
