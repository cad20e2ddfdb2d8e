import type { Micros } from "../bytes/time.js";
import { RATE_BINS } from "./stream.js";

const NARROWEST: Micros = 10_000;

/** The bins of time that the packet rates of all streams share: they widen as the capture goes on. */
export class RateGrid {
  /** Start of bin 0; NaN before the first packet. */
  from: Micros = Number.NaN;
  width: Micros = NARROWEST;
  readonly #widened: () => void;

  /** `widened` is called each time that two bins become one. */
  constructor(widened: () => void) {
    this.#widened = widened;
  }

  /** The bin of a time; those before the first one count there, and for those behind the last the bins are widened. */
  binOf({ time }: { readonly time: Micros }): number {
    const bin = (time - this.from) / this.width;
    if (bin >= 0 && bin < RATE_BINS) return Math.trunc(bin);
    return this.#placed(time);
  }

  #placed(time: Micros): number {
    if (Number.isNaN(this.from)) this.from = Math.floor(time / NARROWEST) * NARROWEST;
    if (time < this.from) return 0;
    while (time - this.from >= this.width * RATE_BINS) {
      this.width *= 2;
      this.#widened();
    }
    return Math.trunc((time - this.from) / this.width);
  }
}
