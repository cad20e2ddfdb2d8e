import type { SetupOutcome } from "../../live/event.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { Exposition, type ExpositionOptions } from "./exposition.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";
import { type Page, servePages } from "./metrics-server.js";

/** What is read at each scrape. */
export interface SnapshotSource {
  snapshot(): LiveSnapshot;
}

/** `--metrics` while it runs. */
export interface Metrics {
  /** Where Prometheus finds it, such as "http://127.0.0.1:9476/metrics". */
  readonly url: string;
  /** Counts a setup that ended; does not throw. */
  setup(outcome: SetupOutcome): void;
  /** Ends the server and all connections to it. */
  close(): Promise<void>;
}

const HOME: Page = {
  contentType: "text/html; charset=utf-8",
  text: '<!doctype html><html lang="en"><title>ikescope</title><p>ikescope: <a href="/metrics">metrics</a></p></html>\n',
};
const HEALTHY: Page = { contentType: "text/plain; charset=utf-8", text: "ok\n" };

/**
 * Serves the state of `source` to Prometheus, read anew at each scrape, as `/metrics`; `/healthz` tells that the program
 * runs. Rejects with a UsageError where it cannot listen there.
 */
export async function startMetrics(
  address: ListenAddress,
  source: SnapshotSource,
  options: ExpositionOptions,
): Promise<Metrics> {
  const exposition = await Exposition.load(options);
  const pages = new Map<string, () => Page | Promise<Page>>([
    ["/", () => HOME],
    ["/healthz", () => HEALTHY],
    [
      "/metrics",
      async () => ({
        contentType: exposition.contentType,
        text: await exposition.text(source.snapshot()),
      }),
    ],
  ]);
  const server = await servePages(address, pages);
  return {
    url: `http://${addressAndPort(server.address)}/metrics`,
    setup: (outcome) => exposition.setup(outcome),
    close: () => server.close(),
  };
}
