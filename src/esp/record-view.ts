import { RECORD_DOUBLES, RECORD_WORDS } from "./layout.js";
import type { StreamMemory } from "./stream-memory.js";
import type { StreamMoment } from "./stream.js";

/** The columns of one record, read where they lie. Good for as long as the table takes no further packets. */
export class RecordView {
  readonly #memory: StreamMemory;
  readonly #w: number;
  readonly #d: number;

  constructor(memory: StreamMemory, record: number) {
    this.#memory = memory;
    this.#w = record * RECORD_WORDS;
    this.#d = record * RECORD_DOUBLES;
  }

  protected word(column: number): number {
    return this.#memory.words[this.#w + column] as number;
  }

  protected double(column: number): number {
    return this.#memory.doubles[this.#d + column] as number;
  }

  /** A copy of several columns. */
  protected words(column: number, count: number): Uint32Array {
    return this.#memory.words.slice(this.#w + column, this.#w + column + count);
  }

  /** The packet that is kept beside a counter; null while that is 0. */
  protected moment(counter: number, column: number): StreamMoment | null {
    if (this.word(counter) === 0) return null;
    return { time: this.double(column), frame: this.double(column + 1) };
  }
}
