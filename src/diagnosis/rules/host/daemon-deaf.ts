import { hasBetween } from "../../../bytes/sorted.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { HostClock, Join } from "../../../joint/host-clock.js";
import type { HostContext } from "../../context.js";
import { framesAsEvidence, linesOf } from "../../facts/host/lines.js";
import { eventsOf } from "../../facts/host/events.js";
import { joinsOf } from "../../facts/host/joins.js";
import { once } from "../../once.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A line "received" comes within milliseconds of its frame where the daemon works; so late, microseconds, it hung. */
const LATE_READ_US = 1e6;
const BURST = 1e6;
/** From both ends of a wait, microseconds: what lies there may belong to the time before or after. */
const EDGE: Micros = 200_000;

/** Packets wait in the socket while the daemon hangs; then it reads them all at once. */
export const daemonDeaf = defineHostRule({
  code: "daemon-deaf",
  severity: "critical",
  title: "The daemon reads its packets late: it hung",
  explanation:
    "Messages reached the host in time, and its daemon took note of them seconds later, several at once.",
  signature:
    "By a clock found from what the daemon sent, lines 'received packet' stand more than a second behind their frames; two of them, or one with lines about repeats that were already being processed; not said if other messages are read or sent in time meanwhile.",
  remedies: [
    "What did the daemon wait for? journalctl of that time, a slow DNS server, CRL or OCSP fetch, RADIUS, a plugin; strongSwan: swanctl --stats, threads idle 0.",
    "Was the host itself short: CPU steal, swap, a virtual machine that was paused?",
  ],
  references: [],
  needs: ["host"],
  detect: (context) => {
    const { clock, records } = context.host;
    if (clock.by !== "messages") return null;
    const high = Math.max(...clock.stretches.map(({ high: bound, offset }) => bound - offset));
    const joins = context.tunnel === null ? clock.joins : joinsOf(clock, context.tunnel.tunnel.id);
    const late = joins.filter(
      ({ entry, late: by }) => entry.event.message?.out === false && by !== null && by - high > LATE_READ_US,
    );
    const [first] = late;
    if (first === undefined || clock.stretches.length > 1) return null;
    const read = first.entry.event.stamp?.time ?? 0;
    const repeats = eventsOf(context, "ignored").filter(
      ({ stamp, text }) =>
        stamp !== null && Math.abs(stamp.time - read) <= BURST && text.includes("already processing"),
    );
    if (late.length < 2 && repeats.length === 0) return null;
    if (isAwakeMeanwhile(context, late, high)) return null;
    const by = humanDuration(Math.max(...late.map(({ late: time }) => time ?? 0)));
    return {
      confidence: "likely",
      provenance: "deduced",
      phase: null,
      headline: say`the daemon of ${records.name} takes note of messages ${by} late`,
      summary: say`The capture shows messages at ${records.name} that its daemon read ${by} later${repeats.length === 0 ? "" : say`, with ${repeats.length} repeats at once`}, while what it sends agrees with the capture. The packets waited in its socket: the daemon hung.`,
      evidence: framesAsEvidence(
        late.map(({ frame }) => frame),
        "read late",
      ),
      lines: linesOf(context, [...late.map(({ entry }) => entry.event), ...repeats]),
    };
  },
});

/** The times of the messages that a log has no more than `bound` too late or too early, ascending. */
const inTimeWithin = once(({ joins }: HostClock) => {
  const known = new Map<Micros, readonly Micros[]>();
  return (bound: Micros): readonly Micros[] => {
    const times =
      known.get(bound) ??
      joins.filter(({ late }) => Math.abs(late ?? Infinity) <= bound).map(({ frame }) => frame.time);
    known.set(bound, times);
    return times;
  };
});

/** Whether the daemon sends or reads other messages in time while those wait: then one thread hung, and not all of it. */
function isAwakeMeanwhile({ host: { clock } }: HostContext, late: readonly Join[], high: Micros): boolean {
  const waits = late.map(({ frame, late: by }) => ({
    from: frame.time + EDGE,
    to: frame.time + (by ?? 0) - high - EDGE,
  }));
  const inTime = inTimeWithin(clock)(high + LATE_READ_US);
  return waits.some(({ from, to }) => hasBetween(inTime, from, to));
}
