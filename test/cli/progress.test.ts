import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { showProgress } from "../../src/cli/progress.js";
import { progressLine } from "../../src/report/progress-line.js";
import { itIf } from "../support/require.js";
import { inEnglish } from "../../src/texts/texts.js";
import { until } from "../support/until.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CAPTURE = join(ROOT, "pcaps/no-proposal-ikev2-initiator.pcap");

/** The line in English. */
function lineOf(...[meter, seconds]: Parameters<typeof progressLine>): string {
  return inEnglish(progressLine(meter, seconds));
}

describe("the progress of a long read", () => {
  it("names bytes, share, rate and the time that is left", () => {
    expect(lineOf({ read: 412_000_000, total: 1_400_000_000 }, 1.1)).toBe(
      "read 412 MB of 1.4 GB (29 %), 375 MB/s, 3 s left to read",
    );
  });

  it("of a pipe names what can be known", () => {
    expect(lineOf({ read: 5_400_000, total: null }, 2)).toBe("read 5.4 MB, 2.7 MB/s");
  });

  it("has no time left to tell before anything was read, nor when all is, for the judging has no end to tell", () => {
    expect(lineOf({ read: 0, total: 950 }, 1)).toBe("read 0 B of 950 B (0 %), 0 B/s");
    for (const read of [950, 999]) {
      expect(lineOf({ read, total: 950 }, 1)).toBe(
        "read 950 B, 950 B/s, not judged yet".replace("950 B/s", `${read} B/s`),
      );
    }
    expect(lineOf({ read: 949_999, total: 950_000 }, 1)).toContain("(99 %)");
  });

  it("is for terminals only", () => {
    const written: string[] = [];
    const stream = { isTTY: false, write: (text: string) => written.push(text) };
    showProgress({ read: 1, total: 2 }, stream as unknown as NodeJS.WriteStream).end();
    expect(written).toEqual([]);
  });

  it.each([
    [0, 79],
    [undefined, 79],
    [20, 19],
  ])(
    "on a terminal of %s columns is at most %i characters long, and loses none that have room",
    (columns, room) => {
      const written: string[] = [];
      vi.useFakeTimers();
      try {
        const stream = { isTTY: true, columns, write: (text: string) => written.push(text) };
        const meter = { read: 5_400_000, total: null };
        const progress = showProgress(meter, stream as unknown as NodeJS.WriteStream);
        vi.advanceTimersByTime(1200);
        progress.say("judging 2 tunnels");
        vi.advanceTimersByTime(1200);
        expect(written.at(-1)).toMatch(/judging 2 tunnels$/);
        progress.end();
        progress.end();
      } finally {
        vi.useRealTimers();
      }
      const line = written[0]?.replace("\r\u001b[K", "") ?? "";
      expect(line).toMatch(room > 30 ? /^read 5\.4 MB, .*\/s$/ : /^read 5\.4 MB, /);
      expect(line.length).toBeLessThanOrEqual(room);
      // Erased once, however often it is ended.
      expect(written.at(-1)).toBe("\r\u001b[K");
      expect(written.filter((text) => text === "\r\u001b[K")).toHaveLength(1);
    },
  );

  itIf(spawnSync("script", ["--version"]).status === 0, "script")(
    "is shown by decode on a terminal while it has nothing to print",
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), "ikescope-progress-"));
      const pipe = join(scratch, "pipe");
      execFileSync("mkfifo", [pipe]);
      const command = `'${process.execPath}' bin/ikescope.js decode --frame 4000 '${pipe}'`;
      const child = spawn("script", ["-qefc", command, "/dev/null"], {
        cwd: ROOT,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = new Promise((resolve) => child.on("close", resolve));
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
      const writer = createWriteStream(pipe);
      writer.write(readFileSync(CAPTURE));
      await until(() => text.includes("read "));
      writer.end();
      expect(await ended).toBe(2);
      const said = text.replaceAll("\u001b", "ESC");
      expect(said).toMatch(
        /\rESC\[Kread [\d.]+ kB, .*\rESC\[Kikescope: no IKE message matches --frame 4000: there .*\r\n$/s,
      );
      rmSync(scratch, { recursive: true });
    },
  );
});
