import { type Clock, timeOfDay, zonedTimeOfDay, zoneText } from "../../bytes/clock.js";
import { FixedText } from "../../bytes/fixed-text.js";
import type { TextBuffer } from "../../bytes/text-buffer.js";
import type { Micros } from "../../bytes/time.js";

/** The last second that captures can name with 32 bits. */
const LAST_SECOND = 0xffff_ffff;

/** Times of day of one second after another, with their zone, of which only the fraction changes most of the time. */
export class TimeText {
  readonly #clock: Clock;
  #seconds = -1;
  #text = new FixedText("");
  #zone = new FixedText("");

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Writes the time of day, with nanoseconds where they are not 0. */
  write(micros: Micros, nanos: number, out: TextBuffer): void {
    const seconds = Math.floor(micros / 1e6);
    if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
      out.text(zonedTimeOfDay(this.#clock, micros, nanos));
      return;
    }
    if (seconds !== this.#seconds) {
      this.#seconds = seconds;
      this.#text = new FixedText(timeOfDay(this.#clock, seconds * 1e6).slice(0, "HH:MM:SS.".length));
      this.#zone = new FixedText(zoneText(this.#clock, seconds * 1e6));
    }
    out.copy(this.#text);
    out.padded(Math.min(999_999, Math.round(micros - seconds * 1e6)), 6);
    if (nanos !== 0) out.padded(nanos, 3);
    out.copy(this.#zone);
  }
}
