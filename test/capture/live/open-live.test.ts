import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WatchProgram, type Watch, NODE_PATH } from "../../support/live/watch.js";
import { itIf } from "../../support/require.js";

/** Nothing is there to capture with: no tool, and no package. */
const BARE = ["env", "PATH=/nonexistent", "NODE_PATH="];
const OPTIONS = { interface: "lo", filter: "", snapLength: 100, bufferKiB: 2048 };

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { env: { ...process.env, NODE_PATH } }).status === 0;
}

const IS_ROOT = process.getuid?.() === 0;

describe("a backend that is looked for", () => {
  let program: WatchProgram;
  let watch: Watch | null = null;
  beforeAll(async () => {
    program = await WatchProgram.make();
  });
  afterEach(async () => watch?.kill());
  afterAll(() => program.remove());

  function start(before: readonly string[]): Watch {
    watch = program.start(before, { backend: "auto", options: OPTIONS, supervise: false });
    return watch;
  }

  itIf(IS_ROOT && succeeds("tcpdump", "--version"), "needs root and tcpdump")(
    "is tcpdump where it is installed",
    async () => {
      expect((await start([]).until("open"))[0]?.backend).toBe("tcpdump");
    },
  );

  itIf(IS_ROOT && succeeds(process.execPath, "-e", "require('cap')"), "needs root and the package cap")(
    "is the package cap where no tool is installed",
    async () => {
      expect((await start(["env", "PATH=/nonexistent"]).until("open"))[0]?.backend).toBe("cap");
    },
  );

  it("is not found where nothing is installed, and the message names all three", async () => {
    const [fault] = await start(BARE).until("fault");
    expect(fault?.fault).toBe("missing-tool");
    expect(fault?.message).toMatch(
      /^nothing here can capture; one of these helps: tcpdump is not installed: .*; or: dumpcap is not installed: .*; or: the npm package cap .*/,
    );
    expect(fault?.message).not.toContain("\n");
  });
});
