import { grouped } from "../../../bytes/grouped.js";
import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import { captureTime, type HostClock } from "../../../joint/host-clock.js";
import { clockOfFile } from "../../../joint/joined.js";
import type { WireMessage } from "../../../joint/wire.js";
import type { HostContext } from "../../context.js";

/** The time in which a log that tells of packets has lines, by the capture's clock; null where there is no such log. */
export function packetCoverage({
  host,
}: Pick<HostContext, "host">): { readonly from: Micros; readonly to: Micros } | null {
  const covered = host.records.files
    .flatMap(({ file, sections }) => {
      const { stretches } = clockOfFile(host, file);
      const offset = stretches[0]?.offset;
      return offset === undefined || stretches.length > 1
        ? []
        : sections.map(({ coverage }) => ({ coverage, offset }));
    })
    .flatMap(({ coverage, offset }) =>
      coverage !== null &&
      coverage.first !== null &&
      coverage.last !== null &&
      !coverage.suppressed &&
      (coverage.hasPackets || coverage.groups.has("NET"))
        ? [{ from: coverage.first.time + coverage.first.step - offset, to: coverage.last.time - offset }]
        : [],
    )
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  return covered ?? null;
}

/** How far apart a line and its frame may be, microseconds, where both are about a message of one length. */
const NEAR_BEFORE: Micros = 1e6;
const NEAR_BEHIND: Micros = 8e6;

/**
 * Of a direction, the lines and frames that these clocks did not bring together, less those that may be about each other all the
 * same: of one length, and near in time. A clock is that of one log; what one log lacks may be in another.
 */
export function unmatched(
  frames: readonly WireMessage[],
  clocks: readonly HostClock[],
  out: boolean,
  isWanted: (frame: WireMessage) => boolean,
): { readonly lines: readonly HostEvent[]; readonly frames: readonly WireMessage[] } {
  const joined = new Set(clocks.flatMap(({ joins }) => joins).map(({ frame }) => frame));
  const free = frames.filter((frame) => isWanted(frame) && !joined.has(frame));
  const byLength = grouped(free.toReversed(), ({ length }) => length);
  const met = new Set<WireMessage>();
  const lonely = clocks
    .flatMap((clock) =>
      clock.lonely.map(({ event }) => ({
        event,
        at: event.stamp === null ? null : captureTime(clock, event.stamp.time),
      })),
    )
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const lines = lonely
    .filter(({ event: { message, stamp }, at }) => {
      if (message?.out !== out || stamp === null) return false;
      const same = byLength.get(message.length ?? -1);
      if (at === null || same === undefined) return true;
      // Both are in order of time: what is too old for this line is so for those behind it.
      while ((same.at(-1)?.time ?? Infinity) < at - NEAR_BEHIND) same.pop();
      const near = same.at(-1);
      if (near === undefined || near.time > at + NEAR_BEFORE + stamp.step) return true;
      same.pop();
      met.add(near);
      return false;
    })
    .map(({ event }) => event);
  return { lines, frames: free.filter((frame) => !met.has(frame)) };
}
