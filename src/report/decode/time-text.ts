import { FixedText } from "../../bytes/fixed-text.js";
import type { TextBuffer } from "../../bytes/text-buffer.js";
import { isoTime, type Micros } from "../../bytes/time.js";

/** Between the date and the "T", and behind the seconds. */
const TIME_AT = 11;
const FRACTION_AT = 19;
/** What captures can say with 32 bits of seconds. */
const LAST_SECOND = 0xffff_ffff;

/** Times of day of one second after another, of which only the fraction changes most of the time. */
export class TimeText {
  #seconds = -1;
  #text = new FixedText("");

  /** Writes the time of day, with nanoseconds where they are not 0. */
  write(micros: Micros, nanos: number, out: TextBuffer): void {
    const seconds = Math.floor(micros / 1e6);
    if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
      out.text(timeOfDay(micros, nanos));
      return;
    }
    if (seconds !== this.#seconds) {
      this.#seconds = seconds;
      this.#text = new FixedText(isoTime(micros).slice(TIME_AT, FRACTION_AT + 1));
    }
    out.copy(this.#text);
    out.padded(Math.min(999_999, Math.round(micros - seconds * 1e6)), 6);
    if (nanos !== 0) out.padded(nanos, 3);
  }
}

/** "15:26:03.123456", with nanoseconds where they are not 0. */
export function timeOfDay(micros: Micros, nanos = 0): string {
  return isoTime(micros, nanos === 0 ? undefined : nanos).slice(TIME_AT, -1);
}
