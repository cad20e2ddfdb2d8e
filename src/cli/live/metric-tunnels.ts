import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES, type LiveDirection, type LiveTunnel } from "../../live/tunnel.js";
import type { Metric, Sample } from "./metric.js";

/** Findings of a tunnel that get a series; the most severe come first. */
const FINDINGS = 5;

/** A tunnel with its labels. */
interface Shown {
  readonly tunnel: LiveTunnel;
  readonly peers: { readonly peer_a: string; readonly peer_b: string };
  /** The peers stand the other way round than in the tunnel. */
  readonly turned: boolean;
}

/** The metrics of single tunnels: the `limit` worst ones. No label holds an SPI, for those change with each rekey. */
export function tunnelMetrics(limit: number): readonly Metric[] {
  let [last, chosen]: [LiveSnapshot | null, readonly Shown[]] = [null, []];
  const each =
    (samples: (shown: Shown) => readonly Sample[]) =>
    (snapshot: LiveSnapshot): readonly Sample[] => {
      if (snapshot !== last) [last, chosen] = [snapshot, worst(snapshot.tunnels, limit)];
      return chosen.flatMap(samples);
    };
  const direction = (name: string, help: string, value: (direction: LiveDirection) => number): Metric => ({
    name: `ikescope_tunnel_esp_${name}_total`,
    kind: "counter",
    help,
    labels: ["peer_a", "peer_b", "direction"],
    read: each(({ tunnel, peers, turned }) =>
      tunnel.directions.map((way, index) => ({
        labels: { ...peers, direction: (index === 0) === turned ? "b_to_a" : "a_to_b" },
        value: value(way),
        origin: tunnel.id,
      })),
    ),
  });
  return [
    {
      name: "ikescope_tunnel_state",
      kind: "gauge",
      help: "1 for the state that the tunnel is in, 0 for all others.",
      labels: ["peer_a", "peer_b", "state"],
      read: each(({ tunnel, peers }) =>
        LIVE_STATES.map((state) => ({
          labels: { ...peers, state },
          value: tunnel.state === state ? 1 : 0,
        })),
      ),
    },
    {
      name: "ikescope_tunnel_finding",
      kind: "gauge",
      help: `Always 1; a finding that is raised for the tunnel now, of the ${FINDINGS} most severe.`,
      labels: ["peer_a", "peer_b", "code", "severity"],
      read: each(({ tunnel, peers }) =>
        tunnel.findings.slice(0, FINDINGS).map(({ finding: { code, severity } }) => ({
          labels: { ...peers, code, severity },
          value: 1,
        })),
      ),
    },
    {
      name: "ikescope_tunnel_last_packet_timestamp_seconds",
      kind: "gauge",
      help: "When the tunnel was last heard of.",
      labels: ["peer_a", "peer_b"],
      read: each(({ tunnel, peers }) => [{ labels: peers, value: tunnel.lastTime / 1e6 }]),
    },
    {
      name: "ikescope_tunnel_retransmissions_total",
      kind: "counter",
      help: "IKE messages of the tunnel that were sent again.",
      labels: ["peer_a", "peer_b"],
      read: each(({ tunnel, peers }) => [
        { labels: peers, value: tunnel.retransmissions, origin: tunnel.id },
      ]),
    },
    direction("packets", "ESP and AH packets of the tunnel.", ({ packets }) => packets),
    direction("bytes", "Bytes of ESP and AH packets of the tunnel.", ({ bytes }) => bytes),
    direction(
      "lost_packets",
      "ESP and AH packets of the tunnel that are missing by their sequence numbers.",
      ({ lost }) => lost,
    ),
  ];
}

/** By state as an operator wants to see them, then the one that is known longest; two peers have one place. */
function worst(tunnels: readonly LiveTunnel[], limit: number): readonly Shown[] {
  const shown = new Map<string, Shown>();
  for (const state of LIVE_STATES) {
    if (shown.size >= limit) break;
    const alike = tunnels.filter((tunnel) => tunnel.state === state);
    for (const tunnel of alike.toSorted((a, b) => a.id - b.id)) {
      const one = labelled(tunnel);
      const key = `${one.peers.peer_a} ${one.peers.peer_b}`;
      if (shown.size < limit && !shown.has(key)) shown.set(key, one);
    }
  }
  return [...shown.values()];
}

/** The peers in the order of their text: which of them began may be learnt later, and must not make a new series. */
function labelled(tunnel: LiveTunnel): Shown {
  const [first, second] = tunnel.peers;
  const turned = first > second;
  return {
    tunnel,
    turned,
    peers: turned ? { peer_a: second, peer_b: first } : { peer_a: first, peer_b: second },
  };
}
