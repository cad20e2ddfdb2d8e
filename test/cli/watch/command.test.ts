import { copyFileSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ikescope, outcomeOf, start } from "../../support/command.js";

const CAPTURE = fileURLToPath(new URL("../../../pcaps/port4500-blocked-initiator.pcap", import.meta.url));
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ikescope-watch-command-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("ikescope watch DIRECTORY", () => {
  it("tells of a fault in a complete file as live does, and ends with SIGTERM and exit status 0", async () => {
    copyFileSync(CAPTURE, join(folder, "trace.pcap"));
    const old = Date.now() / 1000 - 60;
    utimesSync(join(folder, "trace.pcap"), old, old);
    const child = start(["watch", folder, "--no-table", "--json"]);
    const outcome = outcomeOf(child);
    await new Promise<void>((resolve) => {
      let text = "";
      child.stdout?.on("data", (piece: string) => {
        text += piece;
        if (text.includes("finding-raised")) resolve();
      });
      child.on("close", () => resolve());
    });
    child.kill("SIGTERM");
    const { code, stdout, stderr } = await outcome;
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ event }) => event)).toEqual(["capture-started", "finding-raised", "ended"]);
    expect(events[1]).toMatchObject({ finding: { code: "natt-4500-unanswered" } });
    expect([code, stderr]).toEqual([0, ""]);
    expect(readdirSync(folder)).toEqual(["trace.pcap"]);
  });

  it.each([
    [
      "nothing",
      () => join(folder, "nowhere"),
      /^ikescope: .*nowhere cannot be watched: there is no such file\n$/,
    ],
    ["a file", () => CAPTURE, /^ikescope: .*\.pcap is no directory; 'ikescope FILE' judges a capture\n$/],
  ])("refuses %s in one line, exit status 2", async (_, name, said) => {
    const { code, stdout, stderr } = await ikescope(["watch", name()]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
  });
});
