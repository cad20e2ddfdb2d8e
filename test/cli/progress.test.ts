import { describe, expect, it } from "vitest";
import { progressLine, showProgress } from "../../src/cli/progress.js";

describe("the progress of a long read", () => {
  it("names bytes, share, rate and the time that is left", () => {
    expect(progressLine({ read: 412_000_000, total: 1_400_000_000 }, 1.1)).toBe(
      "read 412 MB of 1.4 GB (29 %), 375 MB/s, 3 s left",
    );
  });

  it("of a pipe names what can be known", () => {
    expect(progressLine({ read: 5_400_000, total: null }, 2)).toBe("read 5.4 MB, 2.7 MB/s");
  });

  it("has no time left to tell before anything was read, and never more than all", () => {
    expect(progressLine({ read: 0, total: 950 }, 1)).toBe("read 0 B of 950 B (0 %), 0 B/s");
    expect(progressLine({ read: 999, total: 950 }, 1)).toContain("(100 %)");
  });

  it("is for terminals only", () => {
    const written: string[] = [];
    const stream = { isTTY: false, write: (text: string) => written.push(text) };
    showProgress({ read: 1, total: 2 }, stream as unknown as NodeJS.WriteStream)();
    expect(written).toEqual([]);
  });
});
