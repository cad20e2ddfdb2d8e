import { printable } from "../../bytes/text.js";
import { humanDuration, isoTime } from "../../bytes/time.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES, type LiveState } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import { shortCount } from "./numbers.js";
import { paintState, stateText } from "./state.js";

/**
 * What stands above the table, the most important lines where there are fewer than `room` (1 at least). Each may be
 * longer than the screen is wide: what is said first is what counts.
 */
export function headerLines(snapshot: LiveSnapshot, room: number, paint: Paint): string[] {
  const states = statesLine(snapshot, paint);
  if (room === 1) return [`${lostText(snapshot, paint)}${states}`];
  const about = aboutLine(snapshot, paint);
  if (room === 2) return [about, states];
  return [about, states, countsLine(snapshot), ...captureFindings(snapshot, room - 3, paint)];
}

/** Said before all else: what is shown below stands still. */
function lostText({ capturing }: LiveSnapshot, paint: Paint): string {
  return capturing ? "" : `${paint.severity("critical", "NO CAPTURE, waiting for it")}  `;
}

function aboutLine(snapshot: LiveSnapshot, paint: Paint): string {
  const { time, startedAt } = snapshot;
  const start = isoTime(startedAt).slice(0, 19).replace("T", " ");
  const runs = `running ${humanDuration(time - startedAt)}, since ${start} UTC`;
  return `${lostText(snapshot, paint)}${paint.bold("ikescope")}  ${printable(snapshot.interface)}  ${runs}`;
}

function statesLine({ tunnels }: LiveSnapshot, paint: Paint): string {
  const counts = new Map<LiveState, number>();
  for (const { state } of tunnels) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = LIVE_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [paintState(state, `${count} ${stateText(state)}`, paint)];
  });
  const total = `${tunnels.length} tunnel${tunnels.length === 1 ? "" : "s"}`;
  return parts.length === 0 ? total : `${total}: ${parts.join(", ")}`;
}

/** Of what should be nothing, only what is more than that. */
function countsLine({ tunnels, findings, strangers, counts }: LiveSnapshot): string {
  const raised = tunnels.reduce((sum, tunnel) => sum + tunnel.findings.length, findings.length);
  const { packets, dropped, tunnelsEvicted, streamsEvicted, captureRestarts } = counts;
  const unlikely: readonly (readonly [number, string])[] = [
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
  ].join("  ");
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
