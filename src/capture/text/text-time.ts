import type { Micros } from "../../bytes/time.js";

const DAY: Micros = 86_400_000_000;
const HALF_DAY = DAY / 2;

/** How a text gives times: with a date, in seconds since 1970, as a time of day, or in seconds since its own start. */
export type TimeForm = "date" | "epoch" | "clock" | "seconds";

/** The time of a line that stands before a packet's bytes. */
export interface LineTime {
  readonly form: TimeForm;
  /** Microseconds since 1970, since midnight, or since the start. */
  readonly time: Micros;
  readonly nanos: number;
  /** A time zone stands with it. */
  readonly hasZone: boolean;
}

/** A date or a time of day, as a source of patterns. */
export const BEGINS_WITH_TIME = String.raw`(?:\d{4}[-/]\d\d[-/]\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|[A-Z][a-z]{2} [ \d]\d,? |\d\d:\d\d:\d\d)`;

/** A number of the packet may stand before the time: Wireshark and ASA count them. IOS marks a clock that is not set. */
const NUMBER = String.raw`^\s*(?:\d+:?\s+)?[*.]?`;
const TIME_OF_DAY = String.raw`(\d\d?):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:\s?([AP])M)?`;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const MONTH = `(${MONTHS.join("|")})[a-z]*`;
/** How the parts of a date stand in the line, each form with its order. */
const DATES: readonly (readonly [pattern: RegExp, order: "ymd" | "dmy" | "mdy"])[] = [
  [
    new RegExp(
      String.raw`${NUMBER}(\d{4})[-/.](\d\d)[-/.](\d\d)[ T]${TIME_OF_DAY}\s?(Z|[+-]\d\d:?\d\d)?(?=\s|$)`,
    ),
    "ymd",
  ],
  // Day first, unless that cannot be: the times of day, which decide, are the same.
  [new RegExp(String.raw`${NUMBER}(\d\d?)[-/.](\d\d?)[-/.](\d{4}),? ${TIME_OF_DAY}(?=\s|$)`), "dmy"],
  [new RegExp(String.raw`${NUMBER}${MONTH} {1,2}(\d\d?),? (\d{4}) ${TIME_OF_DAY}(?=:?\s|$)`), "mdy"],
];
/** Cisco IOS puts the date behind the time. */
const TIME_FIRST = new RegExp(
  String.raw`${NUMBER}${TIME_OF_DAY} [A-Z]{2,5} ${MONTH} {1,2}(\d\d?) (\d{4})(?=\s|$)`,
);
/** Wireshark shows it so among the fields of a frame. */
const EPOCH = new RegExp(
  String.raw`(?:^\s*Epoch (?:Arrival )?Time: |${NUMBER})(\d{9,10})\.(\d{1,9})(?=\s|$)`,
);
/** A day without its year, as in a log, tells no more than the time. */
const CLOCK = new RegExp(String.raw`${NUMBER}(?:${MONTH} {1,2}\d\d? )?${TIME_OF_DAY}(?=:?\s|$)`);
const SECONDS = new RegExp(String.raw`${NUMBER}(\d{1,8})[.,](\d{1,9})(?=\s)`);

/** The time that a line begins with; null where it begins with none. */
export function lineTime(line: string): LineTime | null {
  const clock = CLOCK.exec(line);
  return (
    dateOf(line) ??
    (clock === null ? secondsOf(line) : { form: "clock", ...timeOfDay(clock.slice(2)), hasZone: false })
  );
}

function dateOf(line: string): LineTime | null {
  for (const [pattern, order] of DATES) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const [, first = "", second = "", third = "", ...clock] = match;
    const zone = order === "ymd" ? clock[5] : undefined;
    const [year, month, day] =
      order === "ymd"
        ? [first, second, third]
        : order === "mdy" || Number(second) > 12
          ? [third, first, second]
          : [third, second, first];
    return dated(year, month, day, clock, zone);
  }
  const match = TIME_FIRST.exec(line);
  if (match === null) return null;
  const [month = "", day = "", year = ""] = match.slice(6);
  return dated(year, month, day, match.slice(1), undefined);
}

function secondsOf(line: string): LineTime | null {
  const epoch = EPOCH.exec(line);
  const match = epoch ?? SECONDS.exec(line);
  if (match === null) return null;
  const { micros, nanos } = below(match[2]);
  const form = epoch === null ? "seconds" : "epoch";
  return { form, time: Number(match[1]) * 1e6 + micros, nanos, hasZone: form === "epoch" };
}

/** `month`: its number or its English name. */
function dated(
  year: string,
  month: string,
  day: string,
  clock: readonly (string | undefined)[],
  zone: string | undefined,
): LineTime {
  const named = MONTHS.findIndex((name) => month.startsWith(name));
  const midnight = Date.UTC(Number(year), named < 0 ? Number(month) - 1 : named, Number(day));
  const { time, nanos } = timeOfDay(clock);
  return {
    form: "date",
    time: (midnight - zoneMinutes(zone) * 60_000) * 1000 + time,
    nanos,
    hasZone: zone !== undefined,
  };
}

/** Microseconds since midnight, by the parts that {@link TIME_OF_DAY} finds. */
function timeOfDay([hours, minutes, seconds, fraction, half]: readonly (string | undefined)[]): {
  time: Micros;
  nanos: number;
} {
  const { micros, nanos } = below(fraction);
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === "P" ? 12 : 0);
  return { time: ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1e6 + micros, nanos };
}

/** A time of day after one that was `before`: half a day earlier means that midnight was passed. */
export function onDayOf(time: Micros, before: Micros): Micros {
  const day = Math.floor(before / DAY) * DAY;
  return day + time < before - HALF_DAY ? day + time + DAY : day + time;
}

function below(fraction: string | undefined): { micros: number; nanos: number } {
  const digits = (fraction ?? "").padEnd(9, "0");
  return { micros: Number(digits.slice(0, 6)), nanos: Number(digits.slice(6, 9)) };
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
