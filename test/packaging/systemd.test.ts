import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { live } from "../../src/cli/commands/live.js";
import type { LiveFlags } from "../../src/cli/live/flags.js";
import { itIf } from "../support/require.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const UNIT = readFileSync(join(ROOT, "packaging/systemd/ikescope@.service"), "utf8");

/** What systemd 252 gives it, of 10. What keeps it from 0 is what capturing is: packet sockets in the host's network. */
const MOST_EXPOSED = 1.8;

const withSystemd = itIf(spawnSync("systemd-analyze", ["--version"]).status === 0, "no systemd-analyze");
const asAnybody = itIf(
  process.getuid?.() === 0 &&
    spawnSync("setpriv", ["--version"]).status === 0 &&
    spawnSync("tcpdump", ["--version"]).status === 0,
  "not root, or no setpriv or tcpdump",
);

function valuesOf(name: string): readonly string[] {
  return [...UNIT.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value = ""]) => value);
}

describe("the systemd unit", () => {
  let [folder, file] = ["", ""];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ikescope-unit-"));
    file = join(folder, "ikescope@eth0.service");
    // Systemd looks for the command where packages put it; here it is not installed.
    writeFileSync(file, UNIT.replace(/^ExecStart=ikescope /m, `ExecStart=${ROOT}bin/ikescope.js `));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  withSystemd("is understood by systemd to the last line", () => {
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  withSystemd("is not more exposed than it has to be", () => {
    const { stdout } = spawnSync("systemd-analyze", ["security", "--offline=true", "--no-pager", file], {
      encoding: "utf8",
    });
    const [, level = ""] = /exposure level for \S+: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number.parseFloat(level)).toBeLessThanOrEqual(MOST_EXPOSED);
  });

  it("starts ikescope with flags that it has", () => {
    const [flags = ""] = valuesOf("Environment").map((value) => value.replace(/^IKESCOPE_FLAGS=/, ""));
    const words = (valuesOf("ExecStart")[0] ?? "")
      .replaceAll("%i", "eth0")
      .replace("${STATE_DIRECTORY}", "/var/lib/ikescope/eth0")
      .replace("$IKESCOPE_FLAGS", flags)
      .split(" ");
    let given: LiveFlags | undefined;
    new Command()
      .addCommand(live().action((parsed: LiveFlags) => void (given = parsed)))
      .parse(words.slice(1), { from: "user" });
    expect(words[0]).toBe("ikescope");
    expect(given).toMatchObject({
      interface: "eth0",
      table: false,
      json: true,
      evidenceDir: "/var/lib/ikescope/eth0",
    });
  });

  it("may have no more capabilities than it is given", () => {
    expect(valuesOf("CapabilityBoundingSet")).toEqual(valuesOf("AmbientCapabilities"));
  });

  asAnybody("gives tcpdump enough to capture, as a user who may nothing else", async () => {
    const capabilities = (valuesOf("AmbientCapabilities")[0] ?? "")
      .split(" ")
      .map((name) => `+${name.replace(/^CAP_/, "").toLowerCase()}`)
      .join(",");
    const user = ["--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];
    const sets = [
      "--inh-caps",
      capabilities,
      "--ambient-caps",
      capabilities,
      "--bounding-set",
      `-all,${capabilities}`,
    ];
    const capture = [
      "tcpdump",
      "-i",
      "lo",
      "-n",
      "-U",
      "-w",
      "-",
      "-s",
      "2048",
      "-B",
      "8192",
      "-c",
      "1",
      "udp port 500",
    ];
    const child = spawn("setpriv", [...user, ...sets, ...capture]);
    let said = "";
    let bytes = 0;
    child.stdout.on("data", (chunk: Uint8Array) => (bytes += chunk.length));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    let over = false;
    const ended = once(child, "close").finally(() => (over = true));
    while (!said.includes("listening on")) {
      if (over) throw new Error(said);
      await Promise.race([once(child.stderr, "data"), ended]);
    }
    const socket = createSocket("udp4");
    socket.send("no message of IKE", 500, "127.0.0.1", () => socket.close());
    expect(await ended).toEqual([0, null]);
    expect(said).not.toContain("Warning");
    expect(bytes).toBeGreaterThan(40);
  });
});
