import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { IKESCOPE, LiveRun, linesOf } from "../../support/live/live-run.js";
import { liveTest, succeeds } from "../../support/live/means.js";
import { makeCommand } from "../../support/live/single-command.js";
import { Site } from "../../support/live/site.js";

/** It ended before it began, and says why in one line. */
async function refusal(live: LiveRun): Promise<string> {
  const { code, stdout, stderr } = await live.end();
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(linesOf(stderr)).toHaveLength(1);
  expect(stderr.endsWith("\n")).toBe(true);
  return stderr;
}

export function errors(): void {
  const faults: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      "an interface that is not there",
      ["-i", "ikescope9"],
      /there is no interface ikescope9: there are .*ikw0/,
    ],
    ["a bad filter", ["--filter", "udp prot 500"], /the capture filter is refused: .*syntax error/],
  ];
  for (const [name, args, reason] of faults) {
    liveTest(`says so in one line where there is ${name}`, () =>
      Site.during(name.split(" ").slice(0, 2).join("-"), async (site) => {
        const evidence = join(site.folder, "evidence");
        mkdirSync(evidence);
        const live = site.live(["--metrics", "9814", "--evidence-dir", evidence, ...args]);
        expect(await refusal(live)).toMatch(reason);
        expect(readdirSync(evidence)).toEqual([]);
        await site.isDeserted();
      }),
    );
  }

  liveTest("says so in one line where the capture program is not installed", () =>
    Site.during("no-tool", async (site) => {
      const live = site.run(["env", "PATH=/nonexistent", ...site.command(["--backend", "tcpdump"])]);
      expect(await refusal(live)).toMatch(/tcpdump is not installed: .*apt install tcpdump/);
      await site.isDeserted();
    }),
  );

  liveTest("says so in one line where the port of the metrics is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const args = ["live", "-i", "lo", "--user", "root", "--metrics", String(port)];
    const live = new LiveRun([process.execPath, IKESCOPE, ...args]);
    try {
      expect(await refusal(live)).toContain(`--metrics 127.0.0.1:${port}: another program listens there`);
    } finally {
      await live.kill();
      server.close();
    }
  });

  liveTest("says so in one line where no folder of evidence can be made", () =>
    Site.during("no-folder", async (site) => {
      const file = join(site.folder, "file");
      writeFileSync(file, "");
      const live = site.live(["--evidence-dir", join(file, "evidence")]);
      expect(await refusal(live)).toContain(`--evidence-dir ${file}/evidence cannot be used: `);
      await site.isDeserted();
    }),
  );

  liveTest(
    "says so in one line where the user that it becomes may not write evidence",
    () =>
      Site.during("no-right", async (site) => {
        const program = join(site.folder, "ikescope.cjs");
        await makeCommand(program);
        const evidence = join(site.folder, "evidence");
        mkdirSync(evidence);
        const live = site.live(["--evidence-dir", evidence], { program, user: "nobody" });
        expect(await refusal(live)).toMatch(
          /--evidence-dir .* cannot be used: permission is missing for the user nobody$/m,
        );
        expect(readdirSync(evidence)).toEqual([]);
        await site.isDeserted();
      }),
    { isThere: succeeds("setpriv", "--version"), what: "setpriv" },
  );
}
