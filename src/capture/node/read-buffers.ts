/** Three pieces of half a megabyte: one in use, two that are read meanwhile. */
const BUFFER_BYTES = 3 * 512 * 1024;
const MOST_SPARE = 4;

/**
 * Large buffers for files that are read, each lent to one file at a time: a thousand rotated files one after the other
 * would otherwise fill a gigabyte before the garbage collector sees a reason to run.
 */
export class ReadBuffers {
  readonly #spare: Uint8Array[] = [];
  readonly #preferred: Uint8Array | null;
  #isLent = false;

  /** `preferred` is lent to a capture whenever it is free: somebody wants the bytes of captures there. */
  constructor(preferred: Uint8Array | null = null) {
    this.#preferred = preferred;
  }

  /** A buffer for the bytes of a capture, or for packed bytes, which never get the preferred one. */
  lend(what: "capture" | "packed"): Uint8Array {
    if (what === "capture" && this.#preferred !== null && !this.#isLent) {
      this.#isLent = true;
      return this.#preferred;
    }
    return this.#spare.pop() ?? new Uint8Array(BUFFER_BYTES);
  }

  /** Takes a buffer back that nobody reads or writes any more. */
  giveBack(buffer: Uint8Array): void {
    if (buffer === this.#preferred) this.#isLent = false;
    else if (this.#spare.length < MOST_SPARE) this.#spare.push(buffer);
  }
}
