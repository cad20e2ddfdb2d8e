import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { expect } from "vitest";
import { peer } from "../../../pcaps/lab/config.js";
import { Stage } from "../../../pcaps/lab/stage.js";
import { IKESCOPE, LiveRun } from "../../support/live/live-run.js";
import { liveTest, succeeds } from "../../support/live/means.js";

const HAS_STRONGSWAN =
  succeeds("swanctl", "--help") &&
  succeeds("nft", "--version") &&
  existsSync("/usr/lib/ipsec/charon") &&
  existsSync("/dev/net/tun");

/** What silence in a tunnel that worked is called, by what was asked and not answered. */
const SILENCE = ["dpd-timeout", "path-lost"];
/** Longer than a finding has to stand. */
const NO_ALARM_SECONDS = 13;

/** A laboratory with two daemons, and ikescope at the router between them. */
async function betweenDaemons(body: (stage: Stage, live: LiveRun) => Promise<void>): Promise<void> {
  // Short, for paths of sockets must be.
  const folder = mkdtempSync("/tmp/ikl-");
  const stage = new Stage(folder);
  let live: LiveRun | null = null;
  try {
    await stage.topology.create(true);
    const command = [process.execPath, IKESCOPE, "live", "-i", "to-alice", "--user", "root", "--json"];
    live = new LiveRun(["ip", ...stage.topology.inside("router", command)]);
    await live.event("capture-started");
    await stage.bob.start(peer("bob"), undefined);
    await stage.alice.start(peer("alice", { connection: { dpd_delay: "2s" } }), undefined);
    await body(stage, live);
  } finally {
    await live?.kill();
    await stage.takeDown();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function realDaemons(): void {
  liveTest(
    "tells of a tunnel that comes up, is rekeyed, is cut and heals; not of one that is taken down",
    () =>
      betweenDaemons(async (stage, live) => {
        await stage.alice.initiate();
        await stage.ping("alice", 3);
        const { tunnel } = await live.event("tunnel-up");
        expect(tunnel?.peers).toEqual(["192.0.2.10", "198.51.100.20"]);

        await stage.alice.rekey();
        await stage.ping("alice", 3);
        expect(await live.event("tunnel-rekeyed")).toMatchObject({
          tunnel,
          reason: "CREATE_CHILD_SA answered",
        });

        await stage.firewall.add("raw", "udp dport 4500 drop");
        const raised = await live.event("finding-raised");
        expect(raised).toMatchObject({ tunnel, finding: { severity: "critical" } });
        expect(SILENCE).toContain(raised.finding?.code);
        expect((await live.event("tunnel-down")).reason).toMatch(new RegExp(`^${raised.finding?.code}: `));

        await stage.firewall.flush("raw");
        await stage.alice.initiate();
        await stage.ping("alice", 3);
        expect(await live.event("finding-cleared")).toMatchObject({
          why: "mended",
          finding: { code: raised.finding?.code },
        });
        await live.event("tunnel-up", 2);

        // That it is deleted only the ends can read.
        await stage.alice.terminate();
        await stage.wait(NO_ALARM_SECONDS);
        live.signal("SIGTERM");
        expect(await live.end()).toMatchObject({ code: 0, stderr: "" });
        expect(live.events.map(({ event }) => event)).toEqual([
          "capture-started",
          "tunnel-up",
          "tunnel-rekeyed",
          "finding-raised",
          "tunnel-down",
          "finding-cleared",
          "tunnel-up",
          "ended",
        ]);
      }),
    { isThere: HAS_STRONGSWAN, what: "strongSwan, nftables and /dev/net/tun" },
  );
}
