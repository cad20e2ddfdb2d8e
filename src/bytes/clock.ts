import { isoTime, type Micros } from "./time.js";

/** A time zone in which times are written. */
export interface Clock {
  /** Such as "UTC" or "Europe/Berlin". */
  readonly name: string;
  /** The times are those that a text prints, of which some have no date. */
  readonly isPrinted?: true;
  /** Microseconds that its clocks are ahead of UTC at that moment. */
  ahead(time: Micros): Micros;
}

export const UTC: Clock = { name: "UTC", ahead: () => 0 };

/** No zone changes its clocks within such a span but at its ends. */
const SLOT_MS = 15 * 60 * 1000;
/** Years that `Date` and Intl agree on: 1900 to 9999. Clocks of captures can lie; the offset of such times is that of the limit. */
const [FIRST_MS, LAST_MS] = [Date.UTC(1900, 0, 1), Date.UTC(9999, 11, 30)] as const;
const MICROS = 1000;

/** The clock of a zone by its IANA name, "local" for that of this system and "utc"; null where there is no such zone. */
export function clockOf(zone: string): Clock | null {
  if (/^(?:utc|z|etc\/utc)$/i.test(zone)) return UTC;
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      ...(zone.toLowerCase() === "local" ? {} : { timeZone: zone }),
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return new ZoneClock(format);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** "2023-04-24 15:26:03" as the clock shows it. */
export function dateAndTime(clock: Clock, time: Micros): string {
  return shown(clock, time).slice(0, 19).replace("T", " ");
}

/** No capture is of the first days of 1970: a text that gives no date counts from there. */
const UNDATED_US: Micros = 30 * 86_400e6;

/** The same without the date that a text with times of day, or seconds since its start, does not have. */
export function startShown(clock: Clock, time: Micros): string {
  const text = dateAndTime(clock, time);
  return clock.isPrinted === true && time >= 0 && time < UNDATED_US ? text.slice("YYYY-MM-DD ".length) : text;
}

/** "15:26:03.123456" as the clock shows it, with nanoseconds where they are not 0. */
export function timeOfDay(clock: Clock, time: Micros, nanos = 0): string {
  return shown(clock, time, nanos === 0 ? undefined : nanos).slice(11, -1);
}

/** The time of day with the offset of the zone behind it, such as "15:26:03.123456+02:00"; of UTC no offset. */
export function zonedTimeOfDay(clock: Clock, time: Micros, nanos = 0): string {
  return `${timeOfDay(clock, time, nanos)}${zoneText(clock, time)}`;
}

/** "+02:00", the offset of the zone at that moment; of UTC nothing. */
export function zoneText(clock: Clock, time: Micros): string {
  return clock === UTC ? "" : aheadText(clock.ahead(time));
}

/** ISO 8601 with microseconds: behind it "Z" of UTC, else what the clock is ahead, such as "+02:00". */
export function zonedTime(clock: Clock, time: Micros): string {
  return clock === UTC ? isoTime(time) : `${shown(clock, time).slice(0, -1)}${aheadText(clock.ahead(time))}`;
}

/** The moment at which the clock shows a time, given as the same digits of UTC; of two such moments the first. */
export function momentOf(clock: Clock, shownTime: Micros): Micros {
  const guess = shownTime - clock.ahead(shownTime);
  const moment = shownTime - clock.ahead(guess);
  // The hour before a clock is set back is there twice.
  return Math.min(guess, moment);
}

function shown(clock: Clock, time: Micros, nanos?: number): string {
  return isoTime(time + clock.ahead(time), nanos);
}

function aheadText(ahead: Micros): string {
  const minutes = Math.round(Math.abs(ahead) / 60e6);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
  return `${ahead < 0 ? "-" : "+"}${hours}:${rest}`;
}

class ZoneClock implements Clock {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  /** The slot that was asked for last: times mostly come one after the other. */
  #slot = Number.NaN;
  #ahead = 0;

  constructor(format: Intl.DateTimeFormat) {
    this.name = format.resolvedOptions().timeZone;
    this.#format = format;
  }

  ahead(time: Micros): Micros {
    const milliseconds = Math.floor(time / MICROS);
    const slot = Math.floor(milliseconds / SLOT_MS);
    if (slot === this.#slot) return this.#ahead;
    const known = Number.isNaN(milliseconds) ? 0 : Math.min(LAST_MS, Math.max(FIRST_MS, milliseconds));
    // To the second: zones were ahead by odd seconds before they were agreed on.
    const second = Math.floor(known / 1000) * 1000;
    this.#slot = slot;
    this.#ahead = (this.#shownAt(second) - second) * MICROS;
    return this.#ahead;
  }

  /** The time that the clock shows then, as milliseconds of UTC with the same digits. */
  #shownAt(milliseconds: number): number {
    const parts = new Map(
      this.#format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    return Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    );
  }
}
