import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { startMetrics } from "../../../src/cli/live/metrics.js";
import type { LiveSnapshot } from "../../../src/live/snapshot.js";
import { raised, snapshotOf, tunnelOf } from "../../support/live/quiet.js";
import { type Alert, impatient, Prometheus, PROMETHEUS } from "../../support/prometheus.js";
import { itIf } from "../../support/require.js";

const RULES = readFileSync(new URL("../../../docs/live/alerts.yml", import.meta.url), "utf8");

const HEALTHY = snapshotOf({ tunnels: [tunnelOf()] });
const FAILING = snapshotOf({
  tunnels: [tunnelOf({ state: "failing", findings: [raised("natt-4500-unanswered")] })],
});

describe("a real Prometheus", () => {
  itIf(PROMETHEUS !== null, "no prometheus")(
    "scrapes the state, and its alerts fire when a tunnel fails and end when it is mended",
    async () => {
      let snapshot: LiveSnapshot = HEALTHY;
      const metrics = await startMetrics(
        { address: "127.0.0.1", port: 0 },
        { snapshot: () => snapshot },
        { version: "1.2.3", peerLimit: 10 },
      );
      const prometheus = await Prometheus.start(metrics.url, impatient(RULES));
      try {
        const count = async (state: string): Promise<number | undefined> =>
          (await prometheus.query(`ikescope_tunnels{state="${state}"}`))[0]?.value;
        const firing = async (name: string): Promise<Alert | undefined> =>
          (await prometheus.alerts()).find(
            ({ state, labels }) => state === "firing" && labels["alertname"] === name,
          );

        expect(await prometheus.until("the first scrape", () => count("up"))).toBe(1);
        expect(await prometheus.query('up{job="ikescope"}')).toMatchObject([{ value: 1 }]);
        expect(await prometheus.alerts()).toEqual([]);

        snapshot = FAILING;
        const alert = await prometheus.until("the alert", () => firing("IkescopeTunnelFailing"));
        expect(alert.labels).toMatchObject({ code: "natt-4500-unanswered", severity: "critical" });
        expect(alert.annotations).toMatchObject({
          finding: "natt-4500-unanswered",
          command: "ikescope explain natt-4500-unanswered",
        });
        const peer = await prometheus.until("the alert of the peer", () => firing("IkescopePeerFailing"));
        expect(peer.labels).toMatchObject({ peer_a: "192.0.2.1", peer_b: "198.51.100.1" });
        expect(await count("failing")).toBe(1);

        snapshot = HEALTHY;
        await prometheus.until("the end of the alerts", async () =>
          (await prometheus.alerts()).length === 0 ? true : undefined,
        );

        await metrics.close();
        await prometheus.until("the alert of a program that ended", () => firing("IkescopeDown"));
      } finally {
        await prometheus.stop();
        await metrics.close();
      }
    },
  );
});
