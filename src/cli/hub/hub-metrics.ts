import { FLEET_STATES } from "../../fleet/tunnel.js";
import { SILENT_AFTER } from "../../fleet/rules/gateway-silent.js";
import { type Metric, single } from "../live/metric.js";
import { processMetrics } from "../live/metric-process.js";
import { MetricRegistry } from "../live/metric-registry.js";
import { servePages } from "../live/page-server.js";
import { Tally } from "../live/tally.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";
import type { HubView } from "./hub-view.js";

const MICROS = 1000;

/** Something that is served while the hub runs. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves what the hub knows of the fleet to Prometheus. Rejects with a UsageError where it cannot listen there. */
export async function startHubMetrics(
  address: ListenAddress,
  source: { view(): HubView },
  { version, hosts }: { readonly version: string; readonly hosts: readonly string[] },
): Promise<Served> {
  const metrics = await MetricRegistry.load<HubView>([...hubMetrics(version), ...processMetrics()]);
  const server = await servePages(
    address,
    [
      { path: "/healthz", contentType: "text/plain; charset=utf-8", text: () => "ok\n" },
      { path: "/metrics", contentType: metrics.contentType, text: () => metrics.text(source.view()) },
    ],
    { option: "--metrics", hosts },
  );
  return { url: `http://${addressAndPort(server.address)}/metrics`, close: () => server.close() };
}

/** The metrics of the fleet and of this hub. The number of series does not grow with gateways or tunnels. */
export function hubMetrics(version: string): readonly Metric<HubView>[] {
  return [
    {
      name: "ikescope_build_info",
      kind: "gauge",
      help: "Always 1; the label is the version of ikescope.",
      labels: ["version"],
      read: () => [{ labels: { version }, value: 1 }],
    },
    {
      name: "ikescope_fleet_gateways",
      kind: "gauge",
      help: "Gateways by whether they publish: publishing, silent (for 200 s), or ended in order.",
      labels: ["state"],
      read: ({ gateways }) => {
        const tally = new Tally();
        for (const state of ["publishing", "silent", "ended"]) tally.add({ state }, 0);
        const now = Date.now() * MICROS;
        for (const { hasEnded, lastArrival } of gateways) {
          const isSilent = lastArrival !== null && now - lastArrival > SILENT_AFTER;
          tally.add({ state: hasEnded ? "ended" : isSilent ? "silent" : "publishing" }, 1);
        }
        return tally.samples();
      },
    },
    {
      name: "ikescope_fleet_tunnels",
      kind: "gauge",
      help: "Tunnels by how they stand now, and by the number of their ends that publish.",
      labels: ["state", "ends"],
      read: ({ tunnels }) => {
        const tally = new Tally();
        for (const state of FLEET_STATES) for (const ends of ["1", "2"]) tally.add({ state, ends }, 0);
        for (const { state, ends } of tunnels) tally.add({ state, ends: String(ends.length) }, 1);
        return tally.samples();
      },
    },
    {
      name: "ikescope_fleet_findings_active",
      kind: "gauge",
      help: "Findings over several gateways that are raised now. What a code means: ikescope explain CODE.",
      labels: ["code", "severity"],
      read: ({ raised }) => {
        const tally = new Tally();
        for (const { code, severity } of raised) tally.add({ code, severity }, 1);
        return tally.samples();
      },
    },
    gauge(
      "ikescope_fleet_events_missing",
      "Events that gateways gave up since their start, by the gaps of their sequences.",
      ({ gateways }) => gateways.reduce((sum, { missed }) => sum + missed, 0),
    ),
    gauge("ikescope_hub_hubs", "Hubs that share the fleet, this one among them.", ({ work }) => work.hubs),
    gauge(
      "ikescope_hub_shares",
      "Shares of the fleet that this hub has, of 65. The sum over all hubs is less while one was killed and its lease is not over.",
      ({ work }) => work.shares,
    ),
    counter(
      "ikescope_hub_fenced_shares_total",
      "Shares that other hubs took because this one did not renew its leases in time: it stood still, or could not reach the server.",
      ({ work }) => work.fenced,
    ),
    gauge(
      "ikescope_hub_renewal_age_seconds",
      "Time since this hub renewed its leases at the server: a quarter of --lease at most, unless it does not reach the server or has too much to do.",
      ({ work }) => work.renewalAgeMs / 1000,
    ),
    gauge(
      "ikescope_hub_lag_seconds",
      "Age of the newest event that was taken when it was taken; 0 while nothing waits.",
      ({ work }) => work.lagMs / 1000,
    ),
    gauge(
      "ikescope_hub_pending_events",
      "Events that are stored and not taken yet.",
      ({ work }) => work.pending,
    ),
    gauge(
      "ikescope_hub_judgement_seconds",
      "Time that the newest judgement of all tunnels took.",
      ({ work }) => work.judgedInMs / 1000,
    ),
    counter(
      "ikescope_hub_events_total",
      "Events that were taken, those read again included.",
      ({ work }) => work.events,
    ),
    counter(
      "ikescope_hub_event_faults_total",
      "Lines of the stream that are no events and were left out.",
      ({ work }) => work.faults,
    ),
  ];
}

function gauge(name: string, help: string, value: (view: HubView) => number): Metric<HubView> {
  return { name, kind: "gauge", help, labels: [], read: (view) => single(value(view)) };
}

function counter(name: string, help: string, value: (view: HubView) => number): Metric<HubView> {
  return { name, kind: "counter", help, labels: [], read: (view) => single(value(view)) };
}
