import { expect } from "vitest";
import { liveTest } from "../../support/live/means.js";
import { Site } from "../../support/live/site.js";
import type { LiveRun } from "../../support/live/live-run.js";

/** Loses the capture once, and tells of a fault that comes afterwards. */
async function survives(site: Site, live: LiveRun, lose: () => Promise<void>): Promise<void> {
  await live.event("capture-started");
  await lose();
  expect((await live.event("capture-started", 2)).text).toContain("runs again");
  site.plays("port4500-blocked-initiator");
  expect((await live.event("finding-raised")).finding?.code).toBe("natt-4500-unanswered");
  live.signal("SIGTERM");
  expect((await live.end()).code).toBe(0);
  await site.isDeserted();
}

export function losses(): void {
  liveTest("waits for an interface that was deleted, and goes on when it is made again", () =>
    Site.during("unplugged", async (site) => {
      const live = site.live(["--json"]);
      await survives(site, live, async () => {
        await site.cable.unplug();
        const lost = await live.event("capture-lost");
        expect(lost.text).toContain(`The capture on ${site.cable.watched} was lost`);
        expect((await live.event("capture-lost", 2)).text).toContain("is gone");
        await site.cable.plug();
      });
      // It may be seen while it is made, and down.
      const kinds = live.events.map(({ event }) => event);
      expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
        "capture-started",
        "capture-lost",
        "capture-started",
        "finding-raised",
        "ended",
      ]);
    }),
  );

  liveTest("begins anew where its child was killed", () =>
    Site.during("killed", async (site) => {
      const live = site.live(["--json"]);
      await survives(site, live, async () => {
        process.kill(await site.processOf("tcpdump"), "SIGKILL");
        expect((await live.event("capture-lost")).text).toContain("SIGKILL");
      });
      expect(live.events.filter(({ event }) => event === "capture-lost")).toHaveLength(1);
    }),
  );
}
