import type { LiveCounts, LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES, type LiveState } from "../../live/tunnel.js";
import { OTHER } from "./label-slots.js";
import { type Metric, type Sample, single } from "./metric.js";
import { NotifyLabels } from "./notify-labels.js";
import { Tally } from "./tally.js";

/** Responders that get a series of their own. */
const RESPONDERS = 10;

/** The metrics of the whole gateway, a row each, read from a snapshot. */
export function metricTable(version: string): readonly Metric[] {
  const notifies = new NotifyLabels();
  return [
    {
      name: "ikescope_build_info",
      kind: "gauge",
      help: "Always 1; the label is the version of ikescope.",
      labels: ["version"],
      read: () => [{ labels: { version }, value: 1 }],
    },
    {
      name: "ikescope_capture_up",
      kind: "gauge",
      help: "1 while packets are captured on the interface, 0 while the capture is waited for.",
      labels: ["interface"],
      read: (snapshot) => [{ labels: { interface: snapshot.interface }, value: snapshot.capturing ? 1 : 0 }],
    },
    counter("capture_packets", "Packets that were captured and read.", ({ packets }) => packets),
    counter(
      "capture_dropped_packets",
      "Packets that the capture lost before they were read. Absent where the capture program does not tell.",
      ({ dropped }) => dropped,
    ),
    counter(
      "capture_restarts",
      "Times that the capture had to be begun again.",
      ({ captureRestarts }) => captureRestarts,
    ),
    {
      name: "ikescope_tunnels",
      kind: "gauge",
      help: "Tunnels by how they stand now.",
      labels: ["state"],
      read: ({ tunnels }) => {
        const counts = new Map<LiveState, number>(LIVE_STATES.map((state) => [state, 0]));
        for (const { state } of tunnels) counts.set(state, (counts.get(state) ?? 0) + 1);
        return [...counts].map(([state, value]) => ({ labels: { state }, value }));
      },
    },
    {
      name: "ikescope_strangers",
      kind: "gauge",
      help: "Peers that said one thing only and got no answer; they are not among the tunnels.",
      labels: [],
      read: ({ strangers }) => single(strangers),
    },
    {
      name: "ikescope_judgements_due",
      kind: "gauge",
      help: "Tunnels whose judgement is due and not made yet. Where it stays high, alarms come late.",
      labels: [],
      read: ({ backlog }) => single(backlog),
    },
    {
      name: "ikescope_half_open",
      kind: "gauge",
      help: `Setups that are begun and not finished, by the address that answers them: the ${RESPONDERS} with the most, the rest as "${OTHER}".`,
      labels: ["responder"],
      read: halfOpen,
    },
    {
      name: "ikescope_findings_active",
      kind: "gauge",
      help: "Findings that are raised now, each counted once a tunnel. What a code means: ikescope explain CODE.",
      labels: ["code", "severity"],
      read: findings,
    },
    counter("ike_messages", "IKE messages, those sent again included.", ({ ikeMessages }) => ikeMessages),
    counter(
      "retransmissions",
      "IKE messages that were sent again because no answer was seen.",
      ({ retransmissions }) => retransmissions,
    ),
    counter(
      "malformed",
      "IKE messages that cannot be read as their header says.",
      ({ malformed }) => malformed,
    ),
    {
      name: "ikescope_notifies_total",
      kind: "counter",
      help: `Notify payloads that were seen in clear, by IKE version and type: its name, or its number where the registry has none; "${OTHER}" when there are too many of those.`,
      labels: ["ike_version", "type"],
      read: ({ counts }) => notifies.samples(counts.notifies),
    },
    counter("esp_packets", "ESP and AH packets.", ({ espPackets }) => espPackets),
    counter("esp_bytes", "Bytes of ESP and AH packets.", ({ espBytes }) => espBytes),
    counter(
      "esp_lost_packets",
      "ESP and AH packets that are missing by their sequence numbers.",
      ({ espLost }) => espLost,
    ),
    counter(
      "tunnels_evicted",
      "Tunnels that were given up for want of room.",
      ({ tunnelsEvicted }) => tunnelsEvicted,
    ),
    counter(
      "streams_evicted",
      "ESP and AH streams that were given up for want of room.",
      ({ streamsEvicted }) => streamsEvicted,
    ),
    counter("judgements", "Judgements of single tunnels.", ({ judgements }) => judgements),
  ];
}

/** A counter without labels; none while its value is null. */
function counter(name: string, help: string, value: (counts: LiveCounts) => number | null): Metric {
  return {
    name: `ikescope_${name}_total`,
    kind: "counter",
    help,
    labels: [],
    read: ({ counts }) => {
      const now = value(counts);
      return now === null ? [] : single(now);
    },
  };
}

/** The rest is there even when it is 0, so that the sum of all is never absent. */
function halfOpen({ halfOpen: responders }: LiveSnapshot): readonly Sample[] {
  const most = responders.toSorted((a, b) => b.count - a.count);
  const tally = new Tally();
  for (const [index, { responder, count }] of most.entries()) {
    tally.add({ responder: index < RESPONDERS ? responder : OTHER }, count);
  }
  tally.add({ responder: OTHER }, 0);
  return tally.samples();
}

function findings(snapshot: LiveSnapshot): readonly Sample[] {
  const tally = new Tally();
  const count = ({ findings }: Pick<LiveSnapshot, "findings">): void => {
    for (const { finding } of findings) tally.add({ code: finding.code, severity: finding.severity }, 1);
  };
  count(snapshot);
  for (const tunnel of snapshot.tunnels) count(tunnel);
  return tally.samples();
}
