import { firstAbove } from "../../../bytes/sorted.js";
import type { HostEvent } from "../../../evidence/record.js";
import type { HostClock } from "../../../joint/host-clock.js";
import type { JoinedHost } from "../../../joint/joined.js";
import type { HostContext } from "../../context.js";
import { unmatched } from "../../facts/host/log-and-wire.js";
import { isTakenAtHost } from "../../facts/host/capture-point.js";
import { linesOf } from "../../facts/host/lines.js";
import { eventsInCapture, eventsOf } from "../../facts/host/events.js";
import type { Verdict } from "../../finding.js";
import { once } from "../../once.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Messages that never left prove more than one that was overlooked. */
const LEAST_MISSING = 2;
/** Around the ends of the capture, microseconds: what was sent there may have passed before or after. */
const EDGE = 1e6;
const REFUSED =
  /error writing to socket: (?:Operation not permitted|Permission denied)|failed: (?:Operation not permitted|Permission denied)/;

/** The daemon sends, and nothing leaves the host: a firewall on it, a queue, a route. */
export const hostDropsOutbound = defineHostRule({
  code: "host-drops-outbound",
  severity: "critical",
  title: "The host itself drops what its daemon sends",
  explanation: "The daemon's log says that it sent IKE messages, and they never came out of the host.",
  signature:
    "The log says 'sending packet' and the kernel refuses it ('error writing to socket: Operation not permitted'); or at least two sent messages, within the time of log and capture, are in no frame of a capture taken at that host, while others are, and nothing that came back shows that the peer has them. Also, with less certainty: the capture holds nothing at all.",
  remedies: [
    "On that host: iptables -vnL OUTPUT and nft list ruleset, look for counters that grow while the daemon sends.",
    "Without an error in the log: tc -s qdisc (drops), ip route get PEER (another interface), ip rule.",
    "Was the capture taken on the interface that the route names? tcpdump -i any tells.",
  ],
  references: [],
  needs: ["host"],
  detect: (context) => refused(context) ?? missing(context) ?? nothingAtAll(context),
});

function refused(context: HostContext): Verdict | null {
  const errors = eventsInCapture(context, "socket-error").filter(({ text }) => REFUSED.test(text));
  const sent = eventsInCapture(context, "sent");
  const [error] = errors;
  if (error === undefined) return null;
  const left = leftIn(context.host.clock);
  if (left > 0 && left >= sent.length) return null;
  const times = errors.length === 1 ? "once" : say`${errors.length} times`;
  return {
    confidence: "certain",
    provenance: "observed",
    phase: null,
    headline: say`${context.host.records.name} refuses to send its own packets (${times})`,
    summary: say`The kernel of ${context.host.records.name} refused ${times} what the daemon sent: a firewall rule on that host (OUTPUT) drops it. Nothing of it can come to the peer.`,
    evidence: [],
    lines: [...linesOf(context, sent.slice(0, 1)), ...linesOf(context, errors)],
  };
}

/** How many messages that the host sent are in the capture. */
const leftIn = once(
  ({ joins }: HostClock) => joins.filter(({ entry }) => entry.event.message?.out === true).length,
);

/** Lines of the host's best clock about messages that it sent and no frame shows. */
const unmatchedSent = once(
  ({ frames, clock, records }: JoinedHost) =>
    unmatched(frames, [clock], true, ({ from }) => records.addresses.has(from.address)).lines,
);

function missing(context: HostContext): Verdict | null {
  const { clock, records } = context.host;
  const { firstTime, lastTime } = context.capture.observations;
  if (clock.by !== "messages" || firstTime === null || lastTime === null || !isTakenAtHost(context))
    return null;
  if (context.capture.files.some(({ dropped, filters }) => (dropped ?? 0) > 0 || filters.length > 0))
    return null;
  const offset = clock.stretches[0]?.offset ?? 0;
  const lost = new Set(
    unmatchedSent(context.host).filter(({ stamp }) => {
      if (stamp === null) return false;
      const time = stamp.time - offset;
      return time > firstTime + EDGE && time < lastTime - stamp.step - EDGE;
    }),
  );
  const hasArrived = arrival(eventsOf(context, "received"));
  const ours = eventsOf(context, "sent").filter((event) => lost.has(event) && !hasArrived(event));
  if (ours.length < LEAST_MISSING || clock.stretches.length > 1) return null;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: say`${ours.length} messages that ${records.name} sent never left it`,
    summary: say`The log of ${records.name} says that it sent ${ours.length} messages while the capture at that host ran; none of them is in it, and others are. The daemon got no error: they were lost in a queue, or left by another interface.`,
    evidence: [],
    lines: linesOf(context, ours),
    rivals: [{ code: "capture-dropped", separatedBy: "a second capture with a larger buffer" }],
  };
}

/**
 * Whether what came back shows that the peer has a message, so that only the capture lacks it: the response to a request, or,
 * behind a response, another message than the request that asked for it.
 */
function arrival(received: readonly HostEvent[]): (sent: HostEvent) => boolean {
  const responses = new Map<string, number>();
  const byFile = new Map<string, HostEvent[]>();
  for (const event of received) {
    const { file, line } = event.source;
    if (event.message?.response === true) responses.set(exchangeKey(event), line);
    const same = byFile.get(file);
    if (same === undefined) byFile.set(file, [event]);
    else same.push(event);
  }
  return (sent) => {
    const { message, source } = sent;
    if (message === null || message.exchange === null) return false;
    if (message.response === false) return (responses.get(exchangeKey(sent)) ?? 0) > source.line;
    const lines = byFile.get(source.file) ?? [];
    const next = lines[firstAbove(lines, source.line, (line) => line.source.line)];
    return next !== undefined && exchangeKey(next) !== exchangeKey(sent);
  };
}

function exchangeKey({ message, source }: HostEvent): string {
  return `${message?.exchange ?? ""} ${message?.messageId ?? ""} ${source.file}`;
}

/** The capture is empty. Whether it ran, and where, it does not say. */
function nothingAtAll(context: HostContext): Verdict | null {
  const { tunnel, capture, host } = context;
  if (tunnel !== null || capture.files.length === 0) return null;
  const { ikeMessages, packets } = capture.observations;
  const sent = eventsOf(context, "sent");
  const gaveUp = eventsOf(context, "retransmit", "gave-up");
  if (ikeMessages > 0 || packets > 0 || sent.length < LEAST_MISSING || gaveUp.length === 0) return null;
  if (eventsOf(context, "received").length > 0) return null;
  return {
    confidence: "possible",
    doubt: "cause",
    provenance: "inferred",
    phase: null,
    headline: say`${host.records.name} sent ${sent.length} messages, and the capture holds no packet at all`,
    summary: say`The log of ${host.records.name} says that it sent ${sent.length} messages and got no answer; the capture is empty. If it was taken on that host, on the right interface, and ran at that time, then the host drops what its daemon sends (no error came: a queue, another interface, a route).`,
    evidence: [],
    lines: linesOf(context, [...lastOf(sent), ...gaveUp.slice(-1)]),
    rivals: [
      {
        code: "capture-empty",
        separatedBy: "whether the capture ran on that interface while the daemon sent",
      },
    ],
  };
}

function lastOf(events: readonly HostEvent[]): HostEvent[] {
  return events.slice(0, 3);
}
