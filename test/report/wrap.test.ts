import { describe, expect, it } from "vitest";
import { wrap } from "../../src/report/wrap.js";

describe("a word that is longer than a line", () => {
  it("is cut at the width", () => {
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
  });

  it.each([2, 3, 4, 5, 7])("is never cut within a character, %i columns wide", (width) => {
    const lines = wrap(`x${"😀".repeat(20)}`, width);
    expect(lines.join("")).toBe(`x${"😀".repeat(20)}`);
    // Half a character has no URI and throws.
    for (const line of lines) expect(() => encodeURIComponent(line)).not.toThrow();
  });
});
