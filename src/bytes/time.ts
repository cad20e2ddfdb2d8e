/**
 * Times are microseconds since 1970-01-01 UTC in a double (exact up to the year 2255), with the nanoseconds below
 * a microsecond, 0 to 999, kept apart where a capture has them.
 */
export type Micros = number;

/** ISO 8601 UTC with microseconds, or nanoseconds where `nanos` is given. A time outside of years 0-9999 prints as such. */
export function isoTime(micros: Micros, nanos?: number): string {
  const seconds = Math.floor(micros / 1e6);
  const fraction = String(Math.round(micros - seconds * 1e6)).padStart(6, "0");
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${micros}us`;
  const below = nanos === undefined ? "" : String(nanos).padStart(3, "0");
  return `${date.toISOString().slice(0, -5)}.${fraction}${below}Z`;
}

/** A duration for people: "350 ms", "9.3 s", "4 min 10 s". */
export function humanDuration(micros: number): string {
  const seconds = Math.abs(micros) / 1e6;
  if (seconds === 0) return "0 s";
  if (seconds < 0.001) return `${Math.round(Math.abs(micros))} us`;
  if (seconds < 0.95) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
