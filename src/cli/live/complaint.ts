import { type Message } from "../../texts/message.js";

/** Says a trouble when it begins, and not again for a while: what goes on for hours is no news. */
export class Complaint {
  readonly #say: (message: Message) => void;
  readonly #pauseMs: number;
  #saidAt = -Infinity;

  /** After `pauseMs` the same trouble is said again; Infinity: only after it was {@link over}. */
  constructor(say: (message: Message) => void, pauseMs: number) {
    this.#say = say;
    this.#pauseMs = pauseMs;
  }

  /** Names of files and words of other programs in it are literal. */
  tell(message: Message): void {
    const now = performance.now();
    if (now - this.#saidAt < this.#pauseMs) return;
    this.#saidAt = now;
    this.#say(message);
  }

  /** It works again: the next trouble is a new one. */
  over(): void {
    this.#saidAt = -Infinity;
  }
}
