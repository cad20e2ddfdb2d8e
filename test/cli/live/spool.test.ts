import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Spool } from "../../../src/cli/live/publish/spool.js";

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ikescope-spool-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ROOM = { bytes: 1e6 };

async function spoolWith(lines: readonly string[], options = ROOM): Promise<Spool> {
  const spool = await Spool.open(folder, options);
  for (const line of lines) spool.append(line);
  await spool.flush();
  return spool;
}

/** All that is handed out, acknowledged in order. */
async function drained(spool: Spool): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const { lines, end } = await spool.read();
    if (lines.length === 0) return all;
    all.push(...lines);
    await spool.acknowledge(end);
  }
}

describe("the spool", () => {
  it("hands out lines in the order in which they came, again and again until they are acknowledged", async () => {
    const spool = await spoolWith(["a", "b", "c"]);
    expect((await spool.read()).lines).toEqual(["a", "b", "c"]);
    expect(await drained(spool)).toEqual(["a", "b", "c"]);
    expect((await spool.read()).lines).toEqual([]);
  });

  it("goes on where an earlier run stood, however that ended", async () => {
    const first = await spoolWith(Array.from({ length: 100 }, (_, index) => `line ${index}`));
    const { end } = await first.read();
    await first.acknowledge(end);
    const second = await spoolWith(["of the second run"]);
    expect(await drained(second)).toEqual([
      ...Array.from({ length: 36 }, (_, index) => `line ${index + 64}`),
      "of the second run",
    ]);
  });

  it("leaves out a line that a crash cut, and nothing else", async () => {
    await spoolWith(["whole"]);
    appendFileSync(join(folder, "000000000001.ndjson"), '{"schema":"ikesc');
    expect(await drained(await spoolWith(["next"]))).toEqual(["whole", "next"]);
  });

  it("hands out everything again where its place was lost: each line has its own ID", async () => {
    const first = await spoolWith(["a", "b"]);
    await first.acknowledge((await first.read()).end);
    writeFileSync(join(folder, "position"), "damaged");
    expect(await drained(await spoolWith(["c"]))).toEqual(["a", "b", "c"]);
  });

  it("stays below its size: the oldest lines go, and are counted", async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `${index} ${"x".repeat(90)}`);
    const spool = await Spool.open(folder, { bytes: 20_000 });
    for (const line of lines) {
      spool.append(line);
      await spool.flush();
    }
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(20_100);
    const kept = await drained(spool);
    expect(kept).toEqual(lines.slice(-kept.length));
    expect(kept.length + spool.lost).toBe(1000);
  });

  it("removes what was taken", async () => {
    const spool = await Spool.open(folder, { bytes: 1e6, segmentBytes: 1000 });
    for (let index = 0; index < 100; index++) {
      spool.append("x".repeat(90));
      await spool.flush();
    }
    expect((await drained(spool)).length).toBe(100);
    expect(readdirSync(folder).filter((name) => name.endsWith(".ndjson")).length).toBe(1);
    expect(readFileSync(join(folder, "position"), "utf8")).toMatch(/^\d+ \d+\n$/);
  });

  it("takes lines while it cannot write, and says why it lost some", async () => {
    const spool = await spoolWith(["a"]);
    rmSync(folder, { recursive: true });
    spool.append("b");
    await spool.flush();
    expect(spool.trouble).toMatch(/no such file/);
    expect(spool.lost).toBe(1);
  });

  it("refuses a place that is no folder in one line", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(Spool.open(file, ROOM)).rejects.toThrow(/^--spool \S*file: E/);
  });
});
