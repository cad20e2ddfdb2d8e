import { say } from "../texts/message.js";
import { CaptureError } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import type { ByteWindow } from "./window.js";

/**
 * Zeros where the next record should begin. A machine that crashed, or a disk that was full, leaves them behind the last bytes
 * that were written: they are no packets of 1970.
 */
export class ZeroTail {
  readonly #file: string;
  readonly #window: ByteWindow;
  readonly #summary: SummaryBuilder;

  constructor(file: string, window: ByteWindow, summary: SummaryBuilder) {
    this.#file = file;
    this.#window = window;
    this.#summary = summary;
  }

  /** Passes over zeros from the window's position on; false, so that a parser's step can return it. Throws {@link CaptureError} where something follows them. */
  pass(): false {
    const window = this.#window;
    const from = (this.#summary.zerosFrom ??= window.offsetOf(window.position));
    let at = window.position;
    while (at < window.end && window.bytes[at] === 0) at++;
    if (at < window.end) {
      throw new CaptureError(
        this.#file,
        from,
        say`zeros up to byte ${window.offsetOf(at)} stand where a record should`,
      );
    }
    window.position = at;
    return window.want(1, "record");
  }

  /** Whether zeros were passed already: then no record follows. */
  get isReached(): boolean {
    return this.#summary.zerosFrom !== null;
  }
}
