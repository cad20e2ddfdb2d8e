import { describe, expect, it } from "vitest";
import { wrappedLine } from "../../../src/report/decode/wrapped-line.js";

const LINE =
  "5  17:11:11.049560  192.0.2.10:500 > 198.51.100.20:500  IKE_SA_INIT request 0  SA(IKE: AES_CBC_256) KE N(COOKIE)";

describe("a line of decode on a terminal", () => {
  it("stays as it is where it fits", () => {
    expect(wrappedLine(LINE, LINE.length)).toBe(LINE);
  });

  it("goes on below its frame number, and has each of its words once", () => {
    const lines = wrappedLine(LINE, 60).split("\n");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {6}\S/);
    expect(lines.join(" ").split(/\s+/)).toEqual(LINE.split(/\s+/));
  });

  it("leaves a word whole that is longer than the terminal is wide", () => {
    expect(wrappedLine(`1  ${"x".repeat(90)} end`, 40).split("\n")).toEqual([
      "1",
      `      ${"x".repeat(90)}`,
      "      end",
    ]);
  });
});
