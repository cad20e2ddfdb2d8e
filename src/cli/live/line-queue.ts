/** Lines that wait for a reader at most, before the oldest ones are given up. */
export interface QueueLimits {
  readonly lines: number;
  readonly bytes: number;
}

interface Line {
  readonly bytes: Uint8Array;
  readonly isFinal: boolean;
}

const ENCODER = new TextEncoder();
/** Bytes that are handed on at a time. */
const BATCH = 64 * 1024;

/**
 * Lines that wait to be written, bounded. Where there is no room for a new one the oldest go, and in their place stands
 * one line that tells how many, if there is one for that. Final lines are never given up.
 */
export class LineQueue {
  readonly #limits: QueueLimits;
  readonly #lostLine: ((count: number) => string) | null;
  #lines: Line[] = [];
  /** Index in `#lines` at which the queue begins. */
  #head = 0;
  #bytes = 0;
  #lost = 0;

  /** `lostLine` makes the line for so many that were given up. */
  constructor(limits: QueueLimits, lostLine: ((count: number) => string) | null) {
    this.#limits = limits;
    this.#lostLine = lostLine;
  }

  get isEmpty(): boolean {
    return this.#head === this.#lines.length && this.#lost === 0;
  }

  add(line: string, isFinal: boolean): void {
    const bytes = ENCODER.encode(`${line}\n`);
    this.#lines.push({ bytes, isFinal });
    this.#bytes += bytes.length;
    while (this.#isOverfull() && this.#giveUpOldest());
  }

  /** The next lines as bytes, some 64 KiB at most; of no bytes where nothing waits. */
  take(): Uint8Array {
    const parts: Uint8Array[] = [];
    let length = 0;
    if (this.#lost > 0 && this.#lostLine !== null) {
      const bytes = ENCODER.encode(`${this.#lostLine(this.#lost)}\n`);
      this.#lost = 0;
      parts.push(bytes);
      length += bytes.length;
    }
    for (; this.#head < this.#lines.length && length < BATCH; this.#head++) {
      const line = this.#lines[this.#head];
      if (line === undefined) break;
      parts.push(line.bytes);
      length += line.bytes.length;
      this.#bytes -= line.bytes.length;
    }
    this.#tidy();
    const batch = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      batch.set(part, at);
      at += part.length;
    }
    return batch;
  }

  #isOverfull(): boolean {
    return this.#lines.length - this.#head > this.#limits.lines || this.#bytes > this.#limits.bytes;
  }

  #giveUpOldest(): boolean {
    let at = this.#head;
    while (this.#lines[at]?.isFinal === true) at++;
    const line = this.#lines[at];
    if (line === undefined) return false;
    if (at === this.#head) this.#head++;
    else this.#lines.splice(at, 1);
    this.#bytes -= line.bytes.length;
    if (this.#lostLine !== null) this.#lost++;
    this.#tidy();
    return true;
  }

  /** Lets go of lines that were taken, now and then: each time would cost as much as there are lines. */
  #tidy(): void {
    if (this.#head < 1024 && this.#head < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#head);
    this.#head = 0;
  }
}
