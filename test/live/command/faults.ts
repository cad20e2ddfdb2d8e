import { expect } from "vitest";
import { ikescope } from "../../support/command.js";
import { linesOf } from "../../support/live/live-run.js";
import { liveTest, succeeds } from "../../support/live/means.js";
import { pcap, Site } from "../../support/live/site.js";
import { eventFaultsOf } from "../../support/schema.js";

const BLOCKED = "port4500-blocked-initiator";
/** The same peers, before the port was blocked. */
const HEALTHY = "healthy-ikev2-initiator";
const PEERS = ["192.0.2.10", "198.51.100.20"];

/** What a report says, without what differs between a file and an interface. */
function verdictIn(report: string): readonly string[] {
  const [headline = "", reason = "", ...rest] = linesOf(report);
  const timeless = reason.replace(/ in \d+\.\d s\)/, ")");
  return [headline, timeless, ...rest.filter((line) => /^(CRITICAL|WARNING) /.test(line))];
}

export function faults(): void {
  for (const [place, backend, isThere] of [
    ["ikw0", "tcpdump", true],
    ["ikw0", "dumpcap", succeeds("dumpcap", "--version")],
    ["any", "tcpdump", true],
  ] as const) {
    liveTest(
      `as events, once each, and of their end (${backend} on ${place})`,
      () =>
        Site.during(`${place}-${backend}`, async (site) => {
          const live = site.live(["--json", "--backend", backend, "-i", place]);
          expect((await live.event("capture-started")).text).toBe(`Capturing on ${place} with ${backend}.`);

          site.plays(BLOCKED);
          const raised = await live.event("finding-raised");
          expect(raised).toMatchObject({
            tunnel: { peers: PEERS },
            finding: { code: "natt-4500-unanswered", severity: "critical", phase: "IKE_AUTH" },
          });
          expect(raised.finding?.evidence.length).toBeGreaterThan(1);

          site.plays(HEALTHY);
          const cleared = await live.event("finding-cleared");
          expect(cleared).toMatchObject({ why: "mended", finding: { code: "natt-4500-unanswered" } });
          expect((await live.event("tunnel-up")).tunnel).toEqual(raised.tunnel);

          live.signal("SIGTERM");
          const { code, stdout, stderr } = await live.end();
          expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
          expect(live.events.map(({ event }) => event)).toEqual([
            "capture-started",
            "finding-raised",
            "finding-cleared",
            "tunnel-up",
            "ended",
          ]);
          expect(linesOf(stdout).flatMap(eventFaultsOf)).toEqual([]);
          await site.isDeserted();
        }),
      { isThere, what: backend },
    );
  }

  liveTest("as lines, and ends with the report that the analysis of the same packets gives", () =>
    Site.during("lines", async (site) => {
      const live = site.live([]);
      await live.line(/CAPTURE {2}Capturing on/);
      await site.cable.play(pcap(BLOCKED));
      expect(await live.line(/RAISED critical/)).toMatch(
        /^\d{4}-.*Z {2}RAISED critical natt-4500-unanswered 192\.0\.2\.10 -> 198\.51\.100\.20: .* \(frames \d+, /,
      );

      live.signal("SIGINT");
      const { code, stdout, stderr } = await live.end();
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [, report = ""] = stdout.split(/^.*Z {2}ENDED {2}.*\n/m);
      const offline = await ikescope([pcap(BLOCKED)]);
      expect(report).toMatch(/^FAILING \(\w+\) {2}192\.0\.2\.10 -> 198\.51\.100\.20\n/);
      expect(verdictIn(report)).toEqual(verdictIn(offline.stdout));
      await site.isDeserted();
    }),
  );
}
