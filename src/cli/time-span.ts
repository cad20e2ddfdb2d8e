import { say } from "../texts/message.js";
import { type Clock, dateAndTime } from "../bytes/clock.js";
import type { Micros } from "../bytes/time.js";
import type { LeftOut, TimeWindow } from "../capture/time-window.js";
import type { CaptureFile } from "../session/model.js";
import { UsageError } from "./exit.js";
import { type Moment, readMoment, resolveMoment } from "./values/moment.js";

/** Options that say which part of the captures is read. */
export interface SpanFlags {
  readonly from?: string;
  readonly to?: string;
}

const DAY = 86_400_000_000;

/** The window of the options; null where they name none. It means the same at each reading. Throws UsageError. */
export function timeWindow({ from, to }: SpanFlags, clock: Clock): TimeWindow | null {
  if (from === undefined && to === undefined) return null;
  const begin = from === undefined ? null : readMoment("--from", from, clock);
  const end = to === undefined ? null : readMoment("--to", to, clock);
  let bounds: ReturnType<TimeWindow["bounds"]> | null = null;
  return {
    bounds: (first) => (bounds ??= boundsOf(begin, end, first, clock)),
    note: (left) => (bounds === null ? "" : noteOf(left, bounds, clock)),
  };
}

/** The first packet of the first reading decides: of one file of several, read alone, it may be another. */
function boundsOf(
  begin: Moment | null,
  end: Moment | null,
  first: Micros,
  clock: Clock,
): ReturnType<TimeWindow["bounds"]> {
  const from = begin === null ? -Infinity : resolveMoment(begin, first, clock);
  const named = end === null ? Infinity : resolveMoment(end, first, clock);
  // From 23:50 to 00:10 is over midnight.
  const isNextDay = begin?.kind === "time of day" && end?.kind === "time of day" && named < from;
  const to = isNextDay ? named + DAY : named;
  if (to < from) throw new UsageError("--to is before --from");
  return { from, to };
}

function noteOf(
  { before, after, firstTime, lastTime }: LeftOut,
  { from, to }: ReturnType<TimeWindow["bounds"]>,
  clock: Clock,
): string {
  const parts = [
    ...(before === 0 ? [] : [`${packetsText(before)} before ${dateAndTime(clock, from)}`]),
    ...(after === 0 ? [] : [`${packetsText(after)} after ${dateAndTime(clock, to)}`]),
  ];
  const whole = `${dateAndTime(clock, firstTime)} to ${dateAndTime(clock, lastTime)} ${clock.name}`;
  return `only a part was read (--from, --to): left out are ${parts.join(" and ")}; the whole goes from ${whole}`;
}

/** The error for a window that holds no packet; null where it holds some, or none was asked for. */
export function emptySpan(files: readonly Pick<CaptureFile, "packets" | "notes">[]): UsageError | null {
  const note = files.flatMap(({ notes }) => notes).find(({ kind }) => kind === "time-window");
  return note === undefined || files.some(({ packets }) => packets > 0)
    ? null
    : new UsageError(say`no packet lies between --from and --to: ${note.text}`);
}

function packetsText(count: number): string {
  return `${count} packet${count === 1 ? "" : "s"}`;
}
