import { describe, expect, it } from "vitest";
import { widthBy } from "../../src/cli/width.js";
import { ikescopeWith } from "../support/command.js";

describe("the width of text", () => {
  it.each([
    ["of a terminal", { output: 90 }, 90],
    ["of a wide terminal", { output: 300 }, 120],
    ["of a terminal that does not know how wide it is", { output: 0 }, 80],
    ["of a pipe without a terminal", {}, 80],
    ["of a pipe, perhaps to a pager on the terminal", { reader: 90 }, 90],
    ["of a terminal of one column", { output: 1 }, 20],
    ["that COLUMNS tells, on a terminal too", { wanted: "72", output: 90 }, 72],
    ["that COLUMNS tells, however wide", { wanted: "200" }, 200],
    ["of the terminal where COLUMNS is no number of columns", { wanted: "0", output: 90 }, 90],
    ["of the terminal where COLUMNS is no number", { wanted: "9e9", output: 90 }, 90],
  ])("is that %s", (_, sources, width) => {
    expect(widthBy(sources, 120, 80)).toBe(width);
  });

  it.each([
    ["70", 70],
    ["130", 130],
    ["", 100],
  ])("of the report in a pipe is COLUMNS=%s", async (columns, width) => {
    const { stdout } = await ikescopeWith({ COLUMNS: columns }, [
      "pcaps/wrong-psk-one-of-ten-initiator.pcap",
    ]);
    const widest = Math.max(...stdout.split("\n").map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(width);
    expect(widest).toBeGreaterThan(width - 12);
  });
});
