import { chownSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { liveTest, succeeds } from "../../support/live/means.js";
import { makeCommand } from "../../support/live/single-command.js";
import { Site } from "../../support/live/site.js";

function idOf(option: "-u" | "-g", user: string): number {
  return Number(execFileSync("id", [option, user], { encoding: "utf8" }));
}

/** The user that a process runs as. */
function ownerOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^Uid:\s*(\d+)/m.exec(status)?.[1]);
}

export function users(): void {
  for (const [user, whence, env] of [
    ["nobody", "where nobody is named", {}],
    ["daemon", "where they called sudo", { SUDO_USER: "daemon" }],
  ] as const) {
    liveTest(
      `works as ${user} ${whence}, and so do its files belong to them`,
      () =>
        Site.during(`as-${user}`, async (site) => {
          const program = join(site.folder, "ikescope.cjs");
          await makeCommand(program);
          const evidence = join(site.folder, "evidence");
          mkdirSync(evidence);
          chownSync(evidence, idOf("-u", user), idOf("-g", user));
          const live = site.live(["--json", "--evidence-dir", evidence], { program, user: null, env });
          await live.event("capture-started");

          const processes = await site.cable.processes();
          const owners = processes.filter((pid) => pid !== live.pid).map(ownerOf);
          expect(ownerOf(live.pid)).toBe(0);
          // The worker, tcpdump, and who looks after that.
          expect(owners.length).toBeGreaterThan(1);
          expect(new Set(owners)).toEqual(new Set([idOf("-u", user)]));

          site.plays("port4500-blocked-initiator");
          await live.event("finding-raised");
          const file = await live.until("evidence", () =>
            readdirSync(evidence).find((name) => name.endsWith(".pcapng")),
          );
          expect(statSync(join(evidence, file)).uid).toBe(idOf("-u", user));

          live.signal("SIGTERM");
          expect(await live.end()).toMatchObject({ code: 0, stderr: "" });
          expect(live.events.at(-1)?.event).toBe("ended");
          await site.isDeserted();
        }),
      { isThere: succeeds("setpriv", "--version"), what: "setpriv" },
    );
  }
}
