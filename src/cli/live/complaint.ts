import { printable } from "../../bytes/text.js";

/** Says a trouble when it begins, and not again for a while: what goes on for hours is no news. */
export class Complaint {
  readonly #say: (text: string) => void;
  readonly #pauseMs: number;
  #saidAt = -Infinity;

  /** After `pauseMs` the same trouble is said again; Infinity: only after it was {@link over}. */
  constructor(say: (text: string) => void, pauseMs: number) {
    this.#say = say;
    this.#pauseMs = pauseMs;
  }

  /** The text may hold names of files and words of other programs. */
  tell(text: string): void {
    const now = performance.now();
    if (now - this.#saidAt < this.#pauseMs) return;
    this.#saidAt = now;
    this.#say(printable(text));
  }

  /** It works again: the next trouble is a new one. */
  over(): void {
    this.#saidAt = -Infinity;
  }
}
