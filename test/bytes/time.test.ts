import { describe, expect, it } from "vitest";
import { humanDuration } from "../../src/bytes/time.js";

const HOUR = 3_600_000_000;

describe("a duration for people", () => {
  it.each([
    [0, "0 s"],
    [17, "17 us"],
    [350_000, "350 ms"],
    [9_300_000, "9.3 s"],
    [250_000_000, "4 min 10 s"],
    [99 * HOUR + 5 * 60_000_000, "99 h 5 min"],
    [100 * HOUR, "4 d 4 h"],
    [400 * 24 * HOUR, "400 d 0 h"],
    [-400 * 24 * HOUR, "400 d 0 h"],
  ])("of %i us is %s", (micros, text) => {
    expect(humanDuration(micros)).toBe(text);
  });

  it("says of one that no capture lasts that it is one", () => {
    for (const micros of [36_525 * 24 * HOUR, 1_352_088_880_404_112 * HOUR, 2 ** 64]) {
      expect(humanDuration(micros)).toBe("over 100 years");
    }
  });
});
