import { describe, expect, it } from "vitest";
import {
  CLOSED_AFTER_MS,
  completenessOf,
  inOrderOfPackets,
  SETTLED_AFTER_MS,
  type WatchedFile,
} from "../../../src/cli/watch/completeness.js";

const NOW = 100_000;

function file(path: string, firstTime: number | null, quietMs: number): WatchedFile {
  return { path, stamp: path, firstTime, changedAt: NOW - quietMs };
}

describe("a file of a watched directory", () => {
  it("is closed once a later one is there, whatever its name, and nothing was written for a moment", () => {
    const [old, next] = [file("b", 1, CLOSED_AFTER_MS), file("a", 2, 0)];
    expect(completenessOf(old, [old, next], NOW)).toBe("closed");
    expect(completenessOf(next, [old, next], NOW)).toBe("growing");
    const busy = file("b", 1, CLOSED_AFTER_MS - 1);
    expect(completenessOf(busy, [busy, next], NOW)).toBe("growing");
  });

  it("has settled without a later one when it has not grown for longer", () => {
    const last = file("a", 1, SETTLED_AFTER_MS);
    expect(completenessOf(last, [last, file("b", null, 0)], NOW)).toBe("settled");
    expect(completenessOf(file("a", 1, SETTLED_AFTER_MS - 1), [], NOW)).toBe("growing");
  });

  it("comes in the order of first packets, those without one last", () => {
    const files = [file("c", null, 0), file("b", 1, 0), file("a", 2, 0)];
    expect(inOrderOfPackets(files).map(({ path }) => path)).toEqual(["b", "a", "c"]);
  });
});
