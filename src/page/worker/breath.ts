/** Milliseconds of work between two moments at which the worker looks what the page wants. */
const EVERY_MS = 50;

/** Lets messages from the page in while the worker is busy. */
export class Breath {
  readonly #onBreath: () => void;
  readonly #channel = new MessageChannel();
  #due = 0;

  /** `onBreath` is called each time. */
  constructor(onBreath: () => void) {
    this.#onBreath = onBreath;
  }

  /** Awaited between pieces of work; most of the time it costs a look at the clock. */
  async take(): Promise<void> {
    if (performance.now() < this.#due) return;
    this.#onBreath();
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
