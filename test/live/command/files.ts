import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { ikescope } from "../../support/command.js";
import { eventsIn, type JsonEvent } from "../../support/live/live-run.js";
import { liveTest } from "../../support/live/means.js";
import { Site } from "../../support/live/site.js";
import { eventFaultsOf } from "../../support/schema.js";

function eventsOf(file: string): readonly JsonEvent[] {
  return existsSync(file) ? eventsIn(readFileSync(file, "utf8")) : [];
}

export function files(): void {
  liveTest("of events that can be rotated, of evidence, and tells a command", () =>
    Site.during("files", async (site) => {
      const [log, rotated, evidence, told] = ["events", "events.1", "evidence", "told"].map((name) =>
        join(site.folder, name),
      ) as [string, string, string, string];
      mkdirSync(evidence);
      const live = site.live(["--json", log, "--evidence-dir", evidence, "--on-finding", `tee ${told}`]);
      const inLog = async (kind: string): Promise<JsonEvent> =>
        live.until(`${kind} in the file`, () => eventsOf(log).find(({ event }) => event === kind));

      await inLog("capture-started");
      renameSync(log, rotated);
      live.signal("SIGHUP");
      site.plays("port4500-blocked-initiator");
      const raised = await inLog("finding-raised");
      const hooked = await live.until("the command", () => eventsOf(told)[0]);
      const capture = await live.until("evidence", () =>
        readdirSync(evidence).find((name) => name.endsWith(".pcapng")),
      );
      live.signal("SIGTERM");
      expect((await live.end()).code).toBe(0);

      expect(eventsOf(rotated).map(({ event }) => event)).toEqual(["capture-started"]);
      expect(eventsOf(log).map(({ event }) => event)).toEqual(["finding-raised", "ended"]);
      expect(hooked).toEqual(raised);
      expect(eventFaultsOf(readFileSync(told, "utf8"))).toEqual([]);
      expect(readdirSync(evidence)).toEqual([capture]);
      const { stdout } = await ikescope([join(evidence, capture), "--format", "json"]);
      const report = JSON.parse(stdout) as { findings: readonly { code: string; severity: string }[] };
      expect(report.findings.filter(({ severity }) => severity === "critical")).toMatchObject([
        { code: "natt-4500-unanswered" },
      ]);
      await site.isDeserted();
    }),
  );
}
