/** How far the two clocks may drift apart until the steady one is set anew, milliseconds. */
const TOLERANCE_MS = 2;

/** The time of day in microseconds: the system's, which has milliseconds only, refined by the steady clock. */
export class HostClock {
  #offset = Number.NaN;

  /** Microseconds since 1970. */
  now(): number {
    const day = Date.now();
    const steady = performance.now();
    // Also true at first, and when somebody set the system's clock.
    if (!(Math.abs(this.#offset + steady - day) <= TOLERANCE_MS)) this.#offset = day - steady;
    return Math.floor((this.#offset + steady) * 1000);
  }
}
