import { join } from "node:path";
import { expect } from "vitest";
import { readExposition } from "../../support/exposition.js";
import { linesOf } from "../../support/live/live-run.js";
import { writeSetups } from "../../support/live/many-tunnels.js";
import { liveTest } from "../../support/live/means.js";
import { pcap, Site } from "../../support/live/site.js";
import { eventFaultsOf } from "../../support/schema.js";

const METRICS = "http://127.0.0.1:9814/metrics";
const HEALTHY = "healthy-ikev2-initiator";
/** Events of more tunnels than lines may wait (10,000), and than a pipe holds. */
const TUNNELS = 12_000;

export function readers(): void {
  liveTest("that stands still goes on capturing, and tells how many events were given up", () =>
    Site.during("still", async (site) => {
      const capture = join(site.folder, "tunnels.pcap");
      const packets = await writeSetups(capture, pcap(HEALTHY), TUNNELS);
      const live = site.live(["--json", "--metrics", "9814"], { isHeard: false });
      await site.processOf("tcpdump");
      const counted = async (name: string): Promise<number> =>
        readExposition(await site.fetch(METRICS)).series.get(name) ?? 0;

      await live.until("its metrics", () => (live.stderr.includes("metrics are at") ? true : undefined));
      await live.until("the capture", async () =>
        (await counted('ikescope_capture_up{interface="ikw0"}')) === 1 ? true : undefined,
      );
      await site.cable.flood(capture);
      await live.until("all packets", async () =>
        (await counted("ikescope_capture_packets_total")) >= packets ? true : undefined,
      );
      await live.until("all tunnels", async () =>
        (await counted('ikescope_tunnels{state="up"}')) >= TUNNELS ? true : undefined,
      );

      live.hear();
      live.signal("SIGTERM");
      const { code, stdout } = await live.end();
      expect(code).toBe(0);
      expect(live.events[0]?.event).toBe("capture-started");
      expect(live.events.at(-1)?.event).toBe("ended");
      const up = live.events.filter(({ event }) => event === "tunnel-up").length;
      const lost = live.events.filter(({ event }) => event === "events-lost");
      expect(lost).toHaveLength(1);
      expect(up + (lost[0]?.count ?? 0)).toBe(TUNNELS);
      const lines = linesOf(stdout);
      expect(lines.length).toBeLessThan(TUNNELS);
      expect([lines[0], lines[1], lines.at(-1), JSON.stringify(lost[0])].map((line) => eventFaultsOf(line ?? "")).flat()).toEqual([]);
      await site.isDeserted();
    }),
  );

  liveTest("that goes away ends in order", () =>
    Site.during("head", async (site) => {
      const pipeline = '"$@" | head -1; echo "${PIPESTATUS[*]}"';
      const shell = site.run(["bash", "-c", pipeline, "bash", ...site.command(["--json"])]);
      await shell.line(/"capture-started"/);
      site.plays(HEALTHY);
      const { code, stdout, stderr } = await shell.end();
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(linesOf(stdout).slice(1)).toEqual(["0 0"]);
      await site.isDeserted();
    }),
  );
}
