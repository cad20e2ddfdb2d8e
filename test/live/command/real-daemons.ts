import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { expect } from "vitest";
import { peer } from "../../../pcaps/lab/config.js";
import { Stage } from "../../../pcaps/lab/stage.js";
import { IKESCOPE, LiveRun } from "../../support/live/live-run.js";
import { liveTest, succeeds } from "../../support/live/means.js";

const HAS_STRONGSWAN =
  succeeds("swanctl", "--version") &&
  succeeds("nft", "--version") &&
  existsSync("/usr/lib/ipsec/charon") &&
  existsSync("/dev/net/tun");

/** Silence in a tunnel that worked, told by whoever was asked and did not answer. */
const SILENCE = ["dpd-timeout", "path-lost", "rekey-unanswered"];

export function realDaemons(): void {
  liveTest(
    "tells of a tunnel that comes up, is rekeyed, is cut, heals, and is taken down",
    async () => {
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

        await stage.alice.initiate();
        await stage.ping("alice", 3);
        const up = await live.event("tunnel-up");
        expect(up.tunnel?.peers).toEqual(["192.0.2.10", "198.51.100.20"]);

        await stage.alice.rekey();
        await stage.ping("alice", 3);
        expect((await live.event("tunnel-rekeyed")).reason).toBe("CREATE_CHILD_SA answered");

        await stage.firewall.add("raw", "udp dport 4500 drop");
        const raised = await live.event("finding-raised");
        expect(raised).toMatchObject({ tunnel: up.tunnel, finding: { severity: "critical" } });
        expect(SILENCE).toContain(raised.finding?.code);
        await live.event("tunnel-down");

        await stage.firewall.flush("raw");
        await stage.alice.initiate();
        await stage.ping("alice", 3);
        const cleared = await live.event("finding-cleared");
        expect(cleared).toMatchObject({ finding: { code: raised.finding?.code }, why: "mended" });
        await live.event("tunnel-up", 2);

        await stage.alice.terminate();
        expect((await live.event("tunnel-down", 2)).reason).toMatch(/^sa-deleted-by-peer: /);

        live.signal("SIGTERM");
        expect((await live.end()).code).toBe(0);
        expect(live.events.at(-1)?.event).toBe("ended");
      } finally {
        await live?.kill();
        await stage.takeDown();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { isThere: HAS_STRONGSWAN, what: "strongSwan, nftables and /dev/net/tun" },
  );
}
