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
const TUNNELS = 12_500;
/** A busy machine may lose packets on a cable. These are still more events than may wait (10,000) and a pipe holds. */
const ENOUGH = 11_500;

export function readers(): void {
  liveTest("that stands still goes on capturing, and tells how many events were given up", () =>
    Site.during("still", async (site) => {
      const capture = join(site.folder, "tunnels.pcap");
      await writeSetups(capture, pcap(HEALTHY), TUNNELS);
      const live = site.live(["--json", "--metrics", "9814"], { isHeard: false });
      const counted = async (name: string): Promise<number> =>
        readExposition(await site.fetch(METRICS)).series.get(name) ?? 0;

      await live.until("its metrics", () => (live.stderr.includes("metrics are at") ? true : undefined));
      await live.until("the capture", async () =>
        (await counted('ikescope_capture_up{interface="ikw0"}')) === 1 ? true : undefined,
      );
      await site.cable.flood(capture);
      await live.until("the tunnels", async () =>
        (await counted('ikescope_tunnels{state="up"}')) >= ENOUGH ? true : undefined,
      );
      live.hear();
      // A reader that comes slowly along, on a busy machine, would count as one that stands still at the end.
      await live.until("what waited", () =>
        live.events.some(({ event }) => event === "events-lost") ? true : undefined,
      );
      live.signal("SIGTERM");
      const { code, stdout } = await live.end();
      expect(code).toBe(0);

      const { events } = live;
      expect(events[0]?.event).toBe("capture-started");
      expect(events.at(-1)?.event).toBe("ended");
      const lost = events.filter(({ event }) => event === "events-lost");
      expect(lost).toHaveLength(1);
      const up = events.filter(({ event }) => event === "tunnel-up").length;
      // Tunnels that come up after the reader is back are told as they do, so the sum alone has a bound.
      expect(lost[0]?.count ?? 0).toBeGreaterThan(0);
      expect(up + (lost[0]?.count ?? 0)).toBeGreaterThanOrEqual(ENOUGH);
      const isTold = (line: string): boolean => line.includes('"events-lost"');
      expect(linesOf(stdout).filter(isTold).flatMap(eventFaultsOf)).toEqual([]);
      await site.isDeserted();
    }),
  );

  liveTest("that never reads again does not keep it from ending", () =>
    Site.during("stuck", async (site) => {
      const capture = join(site.folder, "tunnels.pcap");
      await writeSetups(capture, pcap(HEALTHY), 3000);
      const live = site.live(["--json", "--metrics", "9815"], { isHeard: false });
      const up = 'ikescope_tunnels{state="up"}';
      await live.until("its metrics", () => (live.stderr.includes("metrics are at") ? true : undefined));
      await site.cable.flood(capture);
      await live.until("the tunnels", async () => {
        const { series } = readExposition(await site.fetch("http://127.0.0.1:9815/metrics"));
        return (series.get(up) ?? 0) >= 2000 ? true : undefined;
      });
      live.signal("SIGTERM");
      await live.until("its end", () => (isRunning(live.pid) ? undefined : true));
      live.hear();
      const { code, stderr } = await live.end();
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^ikescope: the readers of what is written stood still: not all of it was taken$/m,
      );
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

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
