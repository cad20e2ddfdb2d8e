import type { Micros } from "../../../bytes/time.js";
import { type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import type { WireMessage } from "../../../joint/wire.js";
import type { HostContext, TunnelContext } from "../../context.js";
import { packetCoverage, unmatched } from "../../facts/host/log-and-wire.js";
import { mayBeDownAt } from "../../facts/host/daemon-starts.js";
import { mayKnow } from "../../facts/host/forgotten-sa.js";
import { isTakenAtHost, mayBeTakenAtHost } from "../../facts/host/capture-point.js";
import { framesAsEvidence } from "../../facts/host/lines.js";
import { eventsOf } from "../../facts/host/events.js";
import { framesOf } from "../../facts/host/joins.js";
import { once } from "../../once.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

const LEAST_MISSING = 2;
/** A daemon that hangs reads late, microseconds: what came shortly before the log ends may still be read. */
const LATE_READ_US = 2e6;

/** A line that says that a message was ignored stands that long behind its frame at most, or by jitter a little before it. */
const IGNORED_LATE_US: Micros = 8e6;
const EARLY_US: Micros = 1e6;

/** Frames to the host that none of its logs has a line about. */
const unmatchedReceived = once(
  ({ frames, clocks, records }: JoinedHost): ReadonlySet<WireMessage> =>
    new Set(
      unmatched(frames, [...clocks.values()], false, ({ to }) => records.addresses.has(to.address)).frames,
    ),
);

/** IKE messages come to the host, and its daemon never sees them. */
export const hostDropsInbound = defineHostRule({
  code: "host-drops-inbound",
  severity: "critical",
  title: "The host drops what comes to it before its daemon sees it",
  explanation: "IKE messages reach the host's interface, and the daemon's log has no line about them.",
  signature:
    "At least two IKE messages to the host in a capture taken there, and its log, which covers that time and tells of packets, has no 'received packet' about them, and no line near it that it ignored one. Not said if the log lacks packets (group NET), was thinned by the journal, or ends; nor of an IKE SA that was set up before the last start of the daemon, or that its log does not name.",
  remedies: [
    "On that host: iptables -vnL INPUT and nft list ruleset, look for counters that grow with the packets.",
    "sysctl net.ipv4.conf.all.rp_filter and nstat -az IpReversePathFilter: a packet that would not go back the same way is dropped.",
    "ss -ulpn: does the daemon listen on that address and port?",
  ],
  references: [],
  needs: ["host"],
  yieldsTo: ["daemon-deaf"],
  detect: (context) => {
    const { host, tunnel } = context;
    const { clock, records } = host;
    if (tunnel === null || (clock.by !== "messages" && clock.by !== "assumed") || !mayBeTakenAtHost(context))
      return null;
    const covered = packetCoverage(context);
    if (covered === null) return null;
    const ignored = ignoredAt(context);
    if (ignored === null) return null;
    const toHost = framesOf(host, tunnel.tunnel.id).filter(
      (frame) =>
        records.addresses.has(frame.to.address) &&
        frame.time > covered.from &&
        frame.time < covered.to - LATE_READ_US &&
        isKnown(context, tunnel, frame),
    );
    const free = unmatchedReceived(host);
    const unseen = toHost.filter(
      (frame) =>
        frame.isWhole &&
        free.has(frame) &&
        !ignored.some((time) => time >= frame.time - EARLY_US && time <= frame.time + IGNORED_LATE_US),
    );
    if (unseen.length < LEAST_MISSING || unseen.length * 2 <= toHost.length) return null;
    const isFound = clock.by === "messages" && isTakenAtHost(context);
    return {
      confidence: isFound ? "likely" : "possible",
      doubt: "cause",
      provenance: "deduced",
      phase: null,
      headline: say`${unseen.length} messages come to ${records.name} and not to its daemon`,
      summary: say`${unseen.length} of ${toHost.length} messages that the capture shows at ${records.name} are not in the log of its daemon, which covers that time and tells of packets. They are dropped on that host, in front of the daemon: a firewall rule (INPUT), the reverse path filter, or nobody listens.${isFound ? "" : " The log shares no message with the capture, so its clock is taken to be right."}`,
      evidence: framesAsEvidence(unseen, "no line in the log"),
      rivals: isFound
        ? []
        : [{ code: "evidence-clock-unknown", separatedBy: "the clocks of host and capture compared" }],
    };
  },
});

/**
 * Whether the daemon would tell of the message: a process runs at that time, and it knows the IKE SA. Of a message of an IKE SA that
 * it does not know, as after a restart, charon writes no line.
 */
function isKnown({ host }: HostContext, tunnel: TunnelContext, { time, ikeSa }: WireMessage): boolean {
  const sa = tunnel.tunnel.ikeSas.find(({ id }) => id === ikeSa);
  return sa !== undefined && !mayBeDownAt(host, time) && mayKnow(tunnel, host, sa, time);
}

/** When the daemon says that it ignored a message, by the capture's clock: it did see that one. Null where a line has no time. */
function ignoredAt(context: HostContext): Micros[] | null {
  const times = eventsOf(context, "ignored", "refused-setup").map((event) =>
    timeOnCapture(context.host, event),
  );
  return times.includes(null) ? null : times.filter((time) => time !== null);
}
