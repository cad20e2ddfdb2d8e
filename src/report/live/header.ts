import { printable } from "../../bytes/text.js";
import { type Clock, dateAndTime, UTC } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES, type LiveState } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import { shortCount } from "./numbers.js";
import { paintedWidth } from "./slice.js";
import { paintState, stateText } from "./state.js";
import { type Message, say } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";

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
  texts: Texts = ENGLISH,
): string[] {
  const lost = lostParts(snapshot, paint, texts);
  const states = statesParts(snapshot, width, paint, texts);
  const lines: (readonly string[])[] =
    room === 1
      ? [[...lost, ...states]]
      : [
          [...lost, ...aboutParts(snapshot, paint, clock, texts)],
          states,
          countsParts(snapshot).map((part) => texts.of(part)),
        ].slice(0, room);
  return [
    ...lines.map((parts) => fitted(parts, width)),
    ...captureFindings(snapshot, Math.max(0, room - 3), paint, texts),
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
function lostParts({ capturing }: LiveSnapshot, paint: Paint, texts: Texts): string[] {
  return capturing ? [] : [paint.severity("critical", texts.of("NO CAPTURE"))];
}

function aboutParts(
  { time, startedAt, interface: name }: LiveSnapshot,
  paint: Paint,
  clock: Clock,
  texts: Texts,
): string[] {
  return [
    paint.bold("ikescope"),
    printable(name),
    texts.of(say`running ${humanDuration(time - startedAt)}`),
    texts.of(say`since ${dateAndTime(clock, startedAt)} ${clock.name}`),
  ];
}

/** Below this width a bare number has to do for all tunnels. */
const WORDY = 60;

function statesParts({ tunnels }: LiveSnapshot, width: number, paint: Paint, texts: Texts): string[] {
  const counts = new Map<LiveState, number>();
  for (const { state } of tunnels) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = LIVE_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [paintState(state, texts.of(say`${count} ${stateText(state)}`), paint)];
  });
  const count = tunnels.length;
  const total = width < WORDY ? String(count) : say`${count} tunnel${count === 1 ? "" : "s"}`;
  return tunnels.length === 0 ? [texts.of("no tunnels")] : [texts.of(say`${total}:`), ...parts];
}

/** Fewer are judged within the next tick. */
const BACKLOG_TUNNELS = 100;

/** Counts for the header; those that should be 0 stand there only if they are not. */
function countsParts({ tunnels, findings, strangers, backlog, counts }: LiveSnapshot): Message[] {
  const raised = tunnels.reduce((sum, tunnel) => sum + tunnel.findings.length, findings.length);
  const { packets, dropped, tunnelsEvicted, streamsEvicted, captureRestarts } = counts;
  const unlikely: readonly (readonly [number, string])[] = [
    [backlog >= BACKLOG_TUNNELS ? backlog : 0, "judgements due"],
    [captureRestarts, "captures begun again"],
    [tunnelsEvicted, "tunnels given up for want of room"],
    [streamsEvicted, "streams given up for want of room"],
  ];
  return [
    say`findings ${shortCount(raised)}`,
    say`packets ${shortCount(packets)}`,
    say`capture drops ${dropped === null ? "unknown" : shortCount(dropped)}`,
    say`strangers ${shortCount(strangers)}`,
    ...unlikely.filter(([count]) => count > 0).map(([count, what]) => say`${what} ${shortCount(count)}`),
  ];
}

/** Findings about the capture itself, which stand nowhere in the table. */
function captureFindings({ findings }: LiveSnapshot, room: number, paint: Paint, texts: Texts): string[] {
  return findings
    .slice(0, room)
    .map(
      ({ finding: { severity, code, messages } }) =>
        `${paint.severity(severity, texts.of(severity))}  ${code}: ${printable(texts.of(messages.headline))}`,
    );
}
