import { printable } from "../../bytes/text.js";
import { type Clock, dateAndTime, UTC } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES, type LiveState } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import { shortCount } from "./numbers.js";
import { paintedWidth } from "./slice.js";
import { paintState, stateText } from "./state.js";

/**
 * What stands above the table in lines of at most `width` columns, the most important ones where there are fewer than
 * `room` (1 at least). What is said first is what counts: the end of a line goes where it is narrow.
 */
export function headerLines(
  snapshot: LiveSnapshot,
  room: number,
  width: number,
  paint: Paint,
  clock: Clock = UTC,
): string[] {
  const lost = lostParts(snapshot, paint);
  const states = statesParts(snapshot, width, paint);
  const lines: (readonly string[])[] =
    room === 1
      ? [[...lost, ...states]]
      : [[...lost, ...aboutParts(snapshot, paint, clock)], states, countsParts(snapshot)].slice(0, room);
  return [
    ...lines.map((parts) => fitted(parts, width)),
    ...captureFindings(snapshot, Math.max(0, room - 3), paint),
  ];
}

/** As many of the parts as fit: half a number is a wrong one. */
function fitted(parts: readonly string[], width: number): string {
  let line = parts[0] ?? "";
  for (const [index, part] of parts.slice(1).entries()) {
    const longer = `${line}  ${part}`;
    const isLast = index + 2 === parts.length;
    if (paintedWidth(longer) + (isLast ? 0 : 2) > width) return `${line} …`;
    line = longer;
  }
  return line;
}

/** Said before all else: what is shown below stands still. */
function lostParts({ capturing }: LiveSnapshot, paint: Paint): string[] {
  return capturing ? [] : [paint.severity("critical", "NO CAPTURE")];
}

function aboutParts(
  { time, startedAt, interface: name }: LiveSnapshot,
  paint: Paint,
  clock: Clock,
): string[] {
  return [
    paint.bold("ikescope"),
    printable(name),
    `running ${humanDuration(time - startedAt)}`,
    `since ${dateAndTime(clock, startedAt)} ${clock.name}`,
  ];
}

/** Below this width a bare number has to do for all tunnels. */
const WORDY = 60;

function statesParts({ tunnels }: LiveSnapshot, width: number, paint: Paint): string[] {
  const counts = new Map<LiveState, number>();
  for (const { state } of tunnels) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = LIVE_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [paintState(state, `${count} ${stateText(state)}`, paint)];
  });
  const total = `${tunnels.length}${width < WORDY ? "" : tunnels.length === 1 ? " tunnel" : " tunnels"}`;
  return tunnels.length === 0 ? ["no tunnels"] : [`${total}:`, ...parts];
}

/** Fewer are judged within the next tick. */
const BACKLOG_TUNNELS = 100;

/** Of what should be nothing, only what is more than that. */
function countsParts({ tunnels, findings, strangers, backlog, counts }: LiveSnapshot): string[] {
  const raised = tunnels.reduce((sum, tunnel) => sum + tunnel.findings.length, findings.length);
  const { packets, dropped, tunnelsEvicted, streamsEvicted, captureRestarts } = counts;
  const unlikely: readonly (readonly [number, string])[] = [
    [backlog >= BACKLOG_TUNNELS ? backlog : 0, "judgements due"],
    [captureRestarts, "captures begun again"],
    [tunnelsEvicted, "tunnels given up for want of room"],
    [streamsEvicted, "streams given up for want of room"],
  ];
  return [
    `findings ${shortCount(raised)}`,
    `packets ${shortCount(packets)}`,
    `capture drops ${dropped === null ? "unknown" : shortCount(dropped)}`,
    `strangers ${shortCount(strangers)}`,
    ...unlikely.filter(([count]) => count > 0).map(([count, what]) => `${what} ${shortCount(count)}`),
  ];
}

/** What is wrong with the capture itself stands nowhere in the table. */
function captureFindings({ findings }: LiveSnapshot, room: number, paint: Paint): string[] {
  return findings
    .slice(0, room)
    .map(
      ({ finding: { severity, code, headline } }) =>
        `${paint.severity(severity, severity)}  ${code}: ${printable(headline)}`,
    );
}
