/**
 * Times are microseconds since 1970-01-01 UTC in a double (exact up to the year 2255), with the nanoseconds below
 * a microsecond, 0 to 999, kept apart where a capture has them.
 */
export type Micros = number;

/** 9999-12-31T23:59:59 UTC: the last second that ISO 8601 writes with four digits of year. */
const LAST_SECOND = 253_402_300_799;
const FIRST_SECOND = -62_167_219_200;

/**
 * ISO 8601 UTC with microseconds, or nanoseconds where `nanos` is given. Clocks of captures can lie: times outside of the
 * years 0 to 9999 are written as the first or last second of them.
 */
export function isoTime(micros: Micros, nanos?: number): string {
  const whole = Math.floor(micros / 1e6);
  const seconds = Math.min(LAST_SECOND, Math.max(FIRST_SECOND, Number.isFinite(whole) ? whole : 0));
  const fraction = whole === seconds ? Math.round(micros - seconds * 1e6) : 0;
  const below = nanos === undefined ? "" : String(nanos).padStart(3, "0");
  return `${dateText(seconds)}.${String(Math.min(999_999, fraction)).padStart(6, "0")}${below}Z`;
}

const ISO_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})Z$/;

/** The time that {@link isoTime} wrote, without nanoseconds; null for any other text. */
export function fromIsoTime(text: string): Micros | null {
  const [, second, fraction] = ISO_TIME.exec(text) ?? [];
  const milliseconds = Date.parse(`${second}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000 + Number(fraction);
}

/** ISO 8601 UTC to the second: "2023-04-24T15:26:03Z". */
export function isoSecond(micros: Micros): string {
  return `${isoTime(micros).slice(0, 19)}Z`;
}

const DAY = 86_400;
const lastDate = { day: Number.NaN, text: "" };
const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, value) =>
  String(value).padStart(2, "0"),
);

/** "2023-04-24T15:26:03". Captures print many times of one day after another, and dates are slow to write. */
function dateText(seconds: number): string {
  const day = Math.floor(seconds / DAY);
  if (day !== lastDate.day) {
    lastDate.day = day;
    lastDate.text = new Date(day * DAY * 1000).toISOString().slice(0, "YYYY-MM-DDT".length);
  }
  const second = seconds - day * DAY;
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  return `${lastDate.text}${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}:${TWO_DIGITS[second % 60]}`;
}

/** From here on a duration is shown in days, which are easier to read. */
const HOURS_SHOWN_IN_DAYS = 100;
/** No capture lasts 100 years: a clock was set meanwhile. */
const DAYS_OF_100_YEARS = 36_525;

/** A duration for people: "350 ms", "9.3 s", "4 min 10 s", "99 h 5 min", "12 d 4 h", "over 100 years". */
export function humanDuration(micros: number): string {
  const seconds = Math.abs(micros) / 1e6;
  if (seconds === 0) return "0 s";
  if (seconds < 0.001) return `${Math.round(Math.abs(micros))} us`;
  if (seconds < 0.95) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const hours = Math.floor(whole / 3600);
  if (hours < HOURS_SHOWN_IN_DAYS) return `${hours} h ${Math.floor((whole % 3600) / 60)} min`;
  const days = Math.floor(hours / 24);
  return days < DAYS_OF_100_YEARS ? `${days} d ${hours % 24} h` : "over 100 years";
}
