import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../src/diagnosis/catalogue/index.js";
import { CODES, renderMarkdown } from "../../src/report/catalogue.js";
import { ikescope } from "../support/command.js";

describe("ikescope explain", () => {
  it("prints the entry of a code", async () => {
    const { stdout, code } = await ikescope(["explain", "natt-4500-unanswered"]);
    expect(stdout).toMatch(/^natt-4500-unanswered {2}critical\n {2}UDP 500 works/);
    expect(stdout).toContain("1. Open UDP 4500");
    expect(stdout).toContain("RFC 7296 section 2.23");
    expect(code).toBe(0);
  });

  it("lists all codes", async () => {
    const { stdout } = await ikescope(["explain"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual([...CODES]);
  });

  it("says that a code is unknown, and exits with 2", async () => {
    const { stderr, code } = await ikescope(["explain", "no-such-thing"]);
    expect(stderr).toContain("no-such-thing");
    expect(code).toBe(2);
  });
});

describe("the catalogue", () => {
  it("is what docs/findings.md says (ikescope explain --markdown > docs/findings.md)", () => {
    const page = readFileSync(new URL("../../docs/findings.md", import.meta.url), "utf8");
    expect(page === renderMarkdown()).toBe(true);
  });

  it.each(CODES)("%s has a title, an explanation and something to do", (code) => {
    const { title, explanation, remedies } = CATALOGUE[code];
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(explanation).toMatch(/\.$/);
    expect(remedies.length).toBeGreaterThan(0);
  });
});
