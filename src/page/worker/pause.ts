/** Milliseconds of work between two moments at which the worker looks what the page wants. */
const EVERY_MS = 50;

/** Lets messages from the page in while the worker is busy. */
export class Pause {
  readonly #onPause: () => void;
  readonly #channel = new MessageChannel();
  #due = 0;

  /** `onPause` is called each time. */
  constructor(onPause: () => void) {
    this.#onPause = onPause;
  }

  /** Awaited between pieces of work; most of the time it costs a look at the clock. */
  async take(): Promise<void> {
    if (performance.now() < this.#due) return;
    this.#onPause();
    await this.#turn();
    this.#due = performance.now() + EVERY_MS;
  }

  /** A timer would wait for 4 ms; a message of our own comes behind those of the page. */
  #turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#channel.port1.onmessage = () => resolve();
      this.#channel.port2.postMessage(null);
    });
  }
}
