import type { Micros } from "../../bytes/time.js";
import type { Stamp } from "../record.js";

/** A stamp at the beginning of a text, and where the rest begins. */
export interface StampAt {
  readonly stamp: Stamp;
  readonly end: number;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ISO =
  /^(?:[A-Z][a-z]{2} )?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d| UTC| [A-Z]{3,5}(?= ))?/;
/** journalctl writes the month in the words of the locale: "11月" in a Chinese one, and " 1月". */
const SYSLOG = /^([A-Z][a-z]{2}|(?:1[0-2]| ?[1-9])\u6708) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/;
const UNIX = /^(\d{9,10})\.(\d{3,6})(?= )/;
const HALF_YEAR: Micros = 183 * 86_400e6;

/**
 * The time at the beginning of a line: ISO 8601 with or without a zone, that of syslog (no year), or seconds since 1970. Null
 * where there is none. `near` is a time in whose neighbourhood a stamp without a year lies.
 */
export function stampAt(text: string, near: Micros): StampAt | null {
  const iso = ISO.exec(text);
  if (iso !== null) return isoStamp(iso);
  const syslog = SYSLOG.exec(text);
  if (syslog !== null) return syslogStamp(syslog, near);
  const unix = UNIX.exec(text);
  if (unix === null) return null;
  const fraction = fractionOf(unix[2]);
  return {
    stamp: { time: Number(unix[1]) * 1e6 + fraction.micros, step: fraction.step, zone: "utc", year: "given" },
    end: unix[0].length,
  };
}

function isoStamp(match: RegExpExecArray): StampAt | null {
  const [all, year, month, day, hour, minute, second, digits, zone] = match;
  const fraction = fractionOf(digits);
  const whole = wholeSeconds(Number(year), Number(month) - 1, day, hour, minute, second);
  if (whole === null) return null;
  const offset = offsetOf(zone);
  return {
    stamp: {
      time: whole + fraction.micros - (offset ?? 0),
      step: fraction.step,
      zone: offset === null ? "unknown" : offset === 0 ? "utc" : "offset",
      year: "given",
    },
    end: all.length,
  };
}

function syslogStamp(match: RegExpExecArray, near: Micros): StampAt | null {
  const [all, name = "", day, hour, minute, second, digits] = match;
  const month = name.endsWith("\u6708") ? Number.parseInt(name, 10) - 1 : MONTHS.indexOf(name);
  if (month < 0) return null;
  const fraction = fractionOf(digits);
  const about = new Date(near / 1000).getUTCFullYear();
  const times = [about, about - 1, about + 1].flatMap((year) => {
    const whole = wholeSeconds(year, month, day, hour, minute, second);
    return whole === null ? [] : [whole + fraction.micros];
  });
  const time = times.find((candidate) => Math.abs(candidate - near) < HALF_YEAR) ?? times[0];
  if (time === undefined) return null;
  return { stamp: { time, step: fraction.step, zone: "unknown", year: "guessed" }, end: all.length };
}

/** Null where there is no such day or hour. */
function wholeSeconds(year: number, month: number, ...rest: (string | undefined)[]): Micros | null {
  const [day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number);
  if (month > 11 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const time = Date.UTC(year, month, day, hour, minute, second) * 1000;
  return new Date(time / 1000).getUTCMonth() === month ? time : null;
}

function fractionOf(digits: string | undefined): { readonly micros: Micros; readonly step: Micros } {
  if (digits === undefined) return { micros: 0, step: 1e6 };
  return {
    micros: Math.floor(Number(`0.${digits}`) * 1e6 + 1e-6),
    step: Math.max(1, 10 ** (6 - digits.length)),
  };
}

/** Null where the zone is not told, or by letters that mean several. */
function offsetOf(zone: string | undefined): Micros | null {
  const name = zone?.trim();
  if (name === "Z" || name === "UTC" || name === "GMT") return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(name ?? "");
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * 60e6;
}
