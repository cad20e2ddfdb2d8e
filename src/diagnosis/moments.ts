import { timeOfDay, UTC } from "../bytes/clock.js";
import { isoSecond, isoTime, type Micros } from "../bytes/time.js";
import type { Moment } from "../texts/message.js";

/** Characters of a date, and of a time of day to the second. */
const DATE = "YYYY-MM-DD".length;
const TIME_OF_DAY = "hh:mm:ss".length;

/** "2023-04-24T15:26:03Z", in a text: in the time zone of the report. */
export function secondOf(time: Micros): Moment {
  return { kind: "moment", time, form: "second", utc: isoSecond(time) };
}

/** "2023-04-24". */
export function dateOf(time: Micros): Moment {
  return { kind: "moment", time, form: "date", utc: isoTime(time).slice(0, DATE) };
}

/** "15:26:03 UTC". */
export function timeOfDayOf(time: Micros): Moment {
  const utc = `${timeOfDay(UTC, time).slice(0, TIME_OF_DAY)} ${UTC.name}`;
  return { kind: "moment", time, form: "time-of-day", utc };
}
