import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { openDoor } from "../../support/live/door.js";
import { liveTest } from "../../support/live/means.js";
import { Site } from "../../support/live/site.js";
import { impatient, Prometheus, PROMETHEUS } from "../../support/prometheus.js";

const RULES = readFileSync(new URL("../../../docs/live/alerts.yml", import.meta.url), "utf8");
const PORT = 9814;

export function metrics(): void {
  liveTest(
    "makes the alert of a real Prometheus fire, and counts what is half open",
    () =>
      Site.during("prometheus", async (site) => {
        const live = site.live(["--json", "--metrics", String(PORT)]);
        await live.event("capture-started");
        const door = await openDoor(site.cable.inside, PORT);
        const prometheus = await Prometheus.start(`http://127.0.0.1:${door.port}/metrics`, impatient(RULES));
        const valuesOf = (name: string) => prometheus.query(name);
        try {
          expect(
            await prometheus.until("a scrape", async () => (await valuesOf("ikescope_capture_up"))[0]),
          ).toMatchObject({ value: 1, labels: { interface: site.cable.watched } });
          const HALF_OPEN = 'ikescope_half_open{responder="198.51.100.20"}';
          expect(await valuesOf(HALF_OPEN)).toEqual([]);

          site.plays("port4500-blocked-initiator");
          const halfOpen = await prometheus.until(
            "a half-open setup",
            async () => (await valuesOf(HALF_OPEN))[0],
          );
          expect(halfOpen.value).toBe(1);
          await live.event("finding-raised");
          const alert = await prometheus.until("the alert", async () =>
            (await prometheus.alerts()).find(
              ({ state, labels }) => state === "firing" && labels["alertname"] === "IkescopeTunnelFailing",
            ),
          );
          expect(alert).toMatchObject({
            labels: { code: "natt-4500-unanswered", severity: "critical" },
            annotations: { command: "ikescope explain natt-4500-unanswered" },
          });
          expect(await valuesOf('ikescope_tunnels{state="failing"}')).toMatchObject([{ value: 1 }]);

          await site.cable.unplug();
          await prometheus.until("a capture that is down", async () =>
            (await valuesOf("ikescope_capture_up")).find(({ value }) => value === 0),
          );
        } finally {
          await prometheus.stop();
          await door.close();
        }
        live.signal("SIGTERM");
        expect((await live.end()).code).toBe(0);
        await site.isDeserted();
      }),
    { isThere: PROMETHEUS !== null, what: "prometheus" },
  );
}
