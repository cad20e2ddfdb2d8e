import { describe, expect, it } from "vitest";
import { separates } from "../../../src/diagnosis/outage/separation.js";

describe("a property of failing tunnels", () => {
  it("tells them from those that work where all of them have it and hardly one of the others", () => {
    expect(separates({ failing: 30, failingOf: 30, working: 0, workingOf: 1968 })).toBe(true);
    expect(separates({ failing: 30, failingOf: 30, working: 2, workingOf: 1968 })).toBe(true);
    expect(separates({ failing: 28, failingOf: 30, working: 2, workingOf: 1968 })).toBe(true);
  });

  it("does not where many of the failing lack it, or many of the others have it", () => {
    expect(separates({ failing: 20, failingOf: 30, working: 0, workingOf: 1968 })).toBe(false);
    expect(separates({ failing: 30, failingOf: 30, working: 200, workingOf: 1968 })).toBe(false);
    expect(separates({ failing: 30, failingOf: 30, working: 1968, workingOf: 1968 })).toBe(false);
  });

  it("does not where chance can do it: one or two tunnels, or few to compare with", () => {
    expect(separates({ failing: 1, failingOf: 1, working: 0, workingOf: 2000 })).toBe(false);
    expect(separates({ failing: 2, failingOf: 2, working: 0, workingOf: 50 })).toBe(false);
    expect(separates({ failing: 3, failingOf: 3, working: 0, workingOf: 10 })).toBe(false);
    expect(separates({ failing: 30, failingOf: 30, working: 0, workingOf: 0 })).toBe(false);
  });

  it("does where three of hundreds have in common what no other has", () => {
    expect(separates({ failing: 3, failingOf: 3, working: 0, workingOf: 300 })).toBe(true);
  });

  it("is counted in no time among tens of thousands", () => {
    expect(separates({ failing: 24_000, failingOf: 25_000, working: 900, workingOf: 25_000 })).toBe(true);
  });
});
