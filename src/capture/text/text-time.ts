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

/** A number of the packet may stand before the time: Wireshark and ASA count them. */
const NUMBER = String.raw`^\s*(?:\d+:?\s+)?`;
const DATE = new RegExp(
  String.raw`${NUMBER}(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?(?=\s|$)`,
);
/** Wireshark shows it so among the fields of a frame. */
const EPOCH = new RegExp(
  String.raw`(?:^\s*Epoch (?:Arrival )?Time: |${NUMBER})(\d{9,10})\.(\d{1,9})(?=\s|$)`,
);
const CLOCK = new RegExp(String.raw`${NUMBER}(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?=\s|$)`);
const SECONDS = new RegExp(String.raw`${NUMBER}(\d{1,8})\.(\d{1,9})(?=\s)`);

/** The time that a line begins with; null where it begins with none. */
export function lineTime(line: string): LineTime | null {
  const date = DATE.exec(line);
  if (date !== null) {
    const [, year, month, day, hours, minutes, seconds, fraction, zone] = date;
    const utc = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hours),
      Number(minutes),
      Number(seconds),
    );
    const { micros, nanos } = below(fraction);
    return {
      form: "date",
      time: (utc - zoneMinutes(zone) * 60_000) * 1000 + micros,
      nanos,
      hasZone: zone !== undefined,
    };
  }
  const clock = CLOCK.exec(line);
  if (clock !== null) {
    const [, hours, minutes, seconds, fraction] = clock;
    const { micros, nanos } = below(fraction);
    const time = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1e6 + micros;
    return { form: "clock", time, nanos, hasZone: false };
  }
  const [form, match] = ((): [TimeForm, RegExpExecArray | null] => {
    const epoch = EPOCH.exec(line);
    return epoch === null ? ["seconds", SECONDS.exec(line)] : ["epoch", epoch];
  })();
  if (match === null) return null;
  const { micros, nanos } = below(match[2]);
  return { form, time: Number(match[1]) * 1e6 + micros, nanos, hasZone: form === "epoch" };
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
