import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { EvidenceDir, type EvidenceDirOptions } from "../../../src/cli/live/evidence-dir.js";
import { evidenceName, isEvidenceName } from "../../../src/cli/live/evidence-name.js";
import { NOW } from "../../support/live/events.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-dir-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder = "";
let count = 0;
beforeEach(() => {
  folder = join(scratch, String(count++));
});

const opened = (options: Partial<EvidenceDirOptions> = {}): Promise<EvidenceDir> =>
  EvidenceDir.open(folder, { size: 1_000_000, space: async () => ({ total: 1e12, free: 1e11 }), ...options });

const name = (second: number): string =>
  evidenceName(NOW + second * 1e6, ["192.0.2.1", "2001:db8::1"], "esp-loss");
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);

function ours(): string[] {
  return readdirSync(folder).filter(isEvidenceName).toSorted();
}

function held(): number {
  return ours().reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

describe("the name of an evidence file", () => {
  it("tells when, who and what, and is harmless in any shell", () => {
    expect(name(0)).toBe("ikescope-20260102T030405.678901Z-192.0.2.1-2001_db8__1-esp-loss");
  });

  it.each(["../../etc/passwd", "a b;rm -rf *", "\u001B[2J", "x".repeat(500)])(
    "keeps within the folder and the letters that it may have (%j)",
    (hostile) => {
      const made = `${evidenceName(NOW, [hostile, hostile], hostile)}.pcapng`;
      expect(made).toMatch(/^ikescope-[A-Za-z0-9._-]+$/);
      expect(basename(made)).toBe(made);
      expect(made.length).toBeLessThan(255);
      expect(isEvidenceName(made)).toBe(true);
    },
  );

  it.each([Number.NaN, -1e30, 1e30])("is one of ours whatever the clock says (%d)", (time) => {
    expect(isEvidenceName(`${evidenceName(time, [], "clock-jump")}.pcapng`)).toBe(true);
  });
});

describe("the folder of evidence", () => {
  it("is made, and its files can be read by nobody else", async () => {
    const dir = await opened();
    const path = await dir.write(name(1), bytes(100));
    expect(readFileSync(path).length).toBe(100);
    expect(statSync(path).mode & 0o137).toBe(0);
    expect(statSync(folder).mode & 0o027).toBe(0);
    expect(readdirSync(folder).length).toBe(1);
  });

  it("holds no more than it is allowed to: the oldest give way", async () => {
    const dir = await opened({ size: 10_000 });
    for (let second = 0; second < 50; second++) {
      await dir.write(name(second), bytes(900 + second));
      expect(held()).toBeLessThanOrEqual(10_000);
    }
    expect(ours().length).toBe(10);
    expect(ours().at(-1)).toContain(`${name(49)}.pcapng`);
    expect(ours()[0]).toContain(name(40));
  });

  it("counts what earlier runs left, too, by their age", async () => {
    const before = await opened({ size: 10_000 });
    for (let second = 0; second < 10; second++) await before.write(name(second), bytes(900));
    const old = new Date("2020-01-01");
    utimesSync(join(folder, `${name(5)}.pcapng`), old, old);
    const dir = await opened({ size: 10_000 });
    await dir.write(name(100), bytes(2500));
    expect(held()).toBeLessThanOrEqual(10_000);
    expect(ours()).not.toContain(`${name(5)}.pcapng`);
    expect(ours()).toContain(`${name(9)}.pcapng`);
  });

  it("has a bound by the number of files", async () => {
    const dir = await opened({ mostFiles: 5 });
    for (let second = 0; second < 12; second++) await dir.write(name(second), bytes(1));
    expect(ours().length).toBe(5);
  });

  it("does not count or touch what is not ours", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "notes.txt"), bytes(50_000));
    writeFileSync(join(folder, "ikescope-mine.pcapng"), bytes(50_000));
    const dir = await opened({ size: 10_000 });
    for (let second = 0; second < 20; second++) await dir.write(name(second), bytes(900));
    expect(existsSync(join(folder, "notes.txt"))).toBe(true);
    expect(existsSync(join(folder, "ikescope-mine.pcapng"))).toBe(true);
    expect(ours().length).toBe(11);
  });

  it("refuses a file that is larger than all together may be, and keeps the others", async () => {
    const dir = await opened({ size: 1000 });
    await dir.write(name(1), bytes(500));
    await expect(dir.write(name(2), bytes(1001))).rejects.toThrow(/--evidence-size is 1.0 kB/);
    expect(ours().length).toBe(1);
  });

  it("leaves some of the disk to others: of ours the oldest give way, where that helps", async () => {
    let free = 20_000_000;
    const space = async () => ({ total: 100_000_000, free: free - held() });
    const dir = await opened({ size: 1e9, space });
    for (let second = 0; second < 4; second++) await dir.write(name(second), bytes(1_000_000));
    free = 8_500_000;
    await dir.write(name(4), bytes(1_000_000));
    expect(ours().length).toBe(3);
    expect(free - held()).toBeGreaterThanOrEqual(5_000_000);
    free = 5_100_000;
    await expect(dir.write(name(5), bytes(1_000_000))).rejects.toThrow(/of the disk are free/);
    expect(ours().length).toBe(3);
  });

  it("writes on where somebody else removed files, or the whole folder", async () => {
    const dir = await opened({ size: 3000 });
    for (let second = 0; second < 3; second++) await dir.write(name(second), bytes(1000));
    for (const file of ours()) rmSync(join(folder, file));
    await dir.write(name(3), bytes(1000));
    rmSync(folder, { recursive: true });
    await expect(dir.write(name(4), bytes(1000))).rejects.toThrow(/ENOENT/);
    await dir.write(name(5), bytes(1000));
    expect(ours()).toEqual([`${name(5)}.pcapng`]);
  });

  it("gives two findings of one moment a file each", async () => {
    const dir = await opened();
    await dir.write(name(1), bytes(1));
    await dir.write(name(1), bytes(2));
    expect(ours().map((file) => statSync(join(folder, file)).size)).toEqual([2, 1]);
  });

  it("follows no link that somebody laid there, and removes what it points to neither", async () => {
    mkdirSync(folder);
    const target = join(scratch, `target-${count}`);
    writeFileSync(target, "precious");
    symlinkSync(target, join(folder, `${name(1)}.pcapng`));
    symlinkSync(target, join(folder, `${name(0)}.pcapng`));
    symlinkSync(join(scratch, "not-there"), join(folder, `${name(2)}.pcapng`));
    const dir = await opened({ size: 2000 });
    for (let second = 0; second < 5; second++) await dir.write(name(second), bytes(900));
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect(existsSync(join(scratch, "not-there"))).toBe(false);
    expect(lstatSync(join(folder, `${name(1)}.pcapng`)).isSymbolicLink()).toBe(true);
  });

  it("removes unfinished files of runs that ended, and leaves those of others that run", async () => {
    mkdirSync(folder);
    const ended = spawnSync("true").pid;
    for (const pid of [ended, process.pid, 1])
      writeFileSync(join(folder, `.ikescope-${pid}-0a1b.tmp`), "half");
    await opened();
    expect(readdirSync(folder)).toEqual([".ikescope-1-0a1b.tmp"]);
  });

  it("is refused in one line where it cannot be used", async () => {
    writeFileSync(folder, "a file");
    await expect(opened()).rejects.toThrow(
      /^--evidence-dir .* cannot be used: .*a part of its path is not a directory$/,
    );
    folder = join(folder, "deeper", "still");
    await expect(opened()).rejects.toThrow(
      /^--evidence-dir .* cannot be used: .*a part of its path is not a directory$/,
    );
  });

  it("asks the file system itself how much is free", async () => {
    const dir = await EvidenceDir.open(folder, { size: 1_000_000 });
    expect(existsSync(await dir.write(name(1), bytes(10)))).toBe(true);
  });
});
