import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CHINESE } from "../../src/texts/zh/index.js";

const GLOSSARY = new URL("../../docs/glossary.md", import.meta.url);

interface Term {
  readonly english: string;
  readonly chinese: string;
}

function terms(): Term[] {
  const [table = ""] = readFileSync(GLOSSARY, "utf8").split("\n## ");
  return table
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| term |"))
    .map((line) => {
      const [, english = "", chinese = ""] = line.split("|").map((cell) => cell.trim());
      return { english, chinese };
    });
}

/** Terms that reports and explanations speak of; the others are of the code. */
const SPOKEN = new Set([
  "capture",
  "capture point",
  "Child SA",
  "evidence",
  "finding",
  "frame",
  "IKE SA",
  "judgement",
  "liveness check",
  "payload",
  "snap length",
  "stream",
  "suite",
  "tunnel",
]);
/** Of the texts with a term so many use its Chinese one: a sentence may say "two of them" instead. */
const LEAST_SHARE = 0.9;

describe("the glossary", () => {
  const rows = terms();

  it("has a Chinese term for each English one", () => {
    expect(rows.length).toBeGreaterThan(40);
    // Names of the RFCs stay as they are.
    const missing = rows.filter(({ chinese }) => !/\p{Script=Han}/u.test(chinese) && !/^[A-Z]/.test(chinese));
    expect(missing).toEqual([]);
  });

  it.each(rows.filter(({ english }) => SPOKEN.has(english)))(
    "$english is $chinese in the catalogue",
    ({ english, chinese }) => {
      const spoken = new RegExp(`(?<![\\w-])${english}(?:s|es)?(?![\\w-])`, "i");
      const own = Object.entries(CHINESE).filter(([pattern]) => spoken.test(pattern));
      const term = chinese.replace(/\uff08.*/u, "");
      const others = own.filter(([, text]) => !text.includes(term)).map(([pattern]) => pattern);
      expect(own.length).toBeGreaterThan(2);
      expect(others.length / own.length > 1 - LEAST_SHARE ? others : []).toEqual([]);
    },
  );

  it("has each term that the catalogue is held to", () => {
    const known = new Set(rows.map(({ english }) => english));
    expect([...SPOKEN].filter((term) => !known.has(term))).toEqual([]);
  });
});
