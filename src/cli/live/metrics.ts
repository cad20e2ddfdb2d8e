import type { SetupOutcome } from "../../live/event.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { Exposition, type ExpositionOptions } from "./exposition.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";
import { servePages } from "./page-server.js";
import { type Route } from "./route.js";

/** The source of the snapshot that each scrape reads. */
export interface SnapshotSource {
  snapshot(): LiveSnapshot;
}

/** `--metrics` while it runs. */
export interface Metrics {
  /** The URL for Prometheus, such as "http://127.0.0.1:9476/metrics". */
  readonly url: string;
  /** Counts a setup that ended; does not throw. */
  setup(outcome: SetupOutcome): void;
  /** Ends the server and all connections to it. */
  close(): Promise<void>;
}

export interface MetricsOptions extends ExpositionOptions {
  /** Names that requests may be for, beside the address and this host's own name. */
  readonly hosts?: readonly string[];
}

/**
 * Serves the state of `source` to Prometheus, read anew at each scrape, as `/metrics`; `/healthz` tells that the program
 * runs. Rejects with a UsageError where it cannot listen there.
 */
export async function startMetrics(
  address: ListenAddress,
  source: SnapshotSource,
  { hosts = [], ...options }: MetricsOptions,
): Promise<Metrics> {
  const exposition = await Exposition.load(options);
  const server = await servePages(address, routesOf(exposition, source), { option: "--metrics", hosts });
  return {
    url: `http://${addressAndPort(server.address)}/metrics`,
    setup: (outcome) => exposition.setup(outcome),
    close: () => server.close(),
  };
}

/** All that is served, a row a path. */
function routesOf(exposition: Exposition, source: SnapshotSource): readonly Route[] {
  return [
    {
      path: "/",
      contentType: "text/html; charset=utf-8",
      text: () =>
        '<!doctype html><html lang="en"><title>ikescope</title><p>ikescope: <a href="/metrics">metrics</a></p></html>\n',
    },
    { path: "/healthz", contentType: "text/plain; charset=utf-8", text: () => "ok\n" },
    {
      path: "/metrics",
      contentType: exposition.contentType,
      text: () => exposition.text(source.snapshot()),
    },
  ];
}
