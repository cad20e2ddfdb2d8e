import { say } from "../../texts/message.js";
import { type Clock, momentOf } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";
import { UsageError, literal } from "../exit.js";
import { durationText } from "./duration.js";

/** A moment as one names it: a date, a time of day, or an offset from the first packet. */
export type Moment =
  | { readonly kind: "date"; readonly time: Micros }
  | { readonly kind: "time of day"; readonly sinceMidnight: Micros }
  | { readonly kind: "offset"; readonly after: Micros };

const DAY = 86_400_000_000;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([\d:.]+)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads "2026-11-21T14:03:22", with or without a zone (then it is `clock`'s), "14:03", "14:03:22.5" or "+90s" for an option;
 * anything else is a UsageError.
 */
export function readMoment(option: string, text: string, clock: Clock): Moment {
  const after = text.startsWith("+") ? durationText(text.slice(1)) : null;
  if (after !== null) return { kind: "offset", after };
  const sinceMidnight = timeOfDayText(text);
  if (sinceMidnight !== null) return { kind: "time of day", sinceMidnight };
  const time = dateText(text, clock);
  if (time !== null) return { kind: "date", time };
  throw new UsageError(
    say`${option} takes a time such as 2026-11-21T14:03:22, 14:03 or +90s, not "${literal(text)}"`,
  );
}

/** When that is in captures whose first packet came at `first`; a time of day is that of the first packet's day. */
export function resolveMoment(moment: Moment, first: Micros, clock: Clock): Micros {
  switch (moment.kind) {
    case "date":
      return moment.time;
    case "offset":
      return first + moment.after;
    case "time of day": {
      const shown = first + clock.ahead(first);
      return momentOf(clock, Math.floor(shown / DAY) * DAY + moment.sinceMidnight);
    }
  }
}

function timeOfDayText(text: string): Micros | null {
  const [, hours, minutes, seconds = "0", fraction = ""] = TIME.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1e6 + Math.round(Number(`0${fraction}`) * 1e6);
}

function dateText(text: string, clock: Clock): Micros | null {
  const [, year, month, day, time = "00:00", zone] = DATE.exec(text) ?? [];
  const sinceMidnight = timeOfDayText(time);
  if (year === undefined || sinceMidnight === null) return null;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day)) * 1000;
  // "2026-02-31" would be in March.
  if (new Date(midnight / 1000).toISOString().slice(0, 10) !== text.slice(0, 10)) return null;
  const shown = midnight + sinceMidnight;
  return zone === undefined ? momentOf(clock, shown) : shown - aheadOf(zone);
}

/** "Z", "+02:00" or "+0200" as microseconds. */
function aheadOf(zone: string): Micros {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60e6;
}
