import { describe, expect, it } from "vitest";
import { CHINESE, CHINESE_TABLES } from "../../src/texts/zh/index.js";
import { sourceTexts } from "../support/texts/source-texts.js";

const RULE_FOLDERS = [
  "reachability",
  "negotiation",
  "authentication",
  "child",
  "esp",
  "nat",
  "size",
  "life",
  "recording",
  "host",
];

/** Folders whose texts are all to be there in Chinese, and how many of each are still in English. */
const STILL_ENGLISH: Readonly<Record<string, number>> = {};

const FACTS = ["facts", "places"].map((folder) => `diagnosis/${folder}`);
const PLACES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(RULE_FOLDERS.map((folder) => [folder, [`diagnosis/rules/${folder}`]])),
  facts: [
    ...FACTS,
    ...["evidence", "grade", "headline", "standing", "changes", "scope", "phases", "shared-vantage"].map(
      (file) => `diagnosis/${file}.ts`,
    ),
    "session/vantage.ts",
  ],
  notifies: ["diagnosis/notifies.ts"],
};

describe("the Chinese texts", () => {
  it.each(Object.entries(PLACES))("%s: has every text of the source", (name, places) => {
    const missing = sourceTexts(places).filter(({ pattern }) => !Object.hasOwn(CHINESE, pattern));
    const open = STILL_ENGLISH[name] ?? 0;
    expect(missing.map(({ pattern, file }) => `${file}: ${pattern}`).slice(open)).toEqual([]);
  });

  it.each(Object.entries(PLACES))("%s: have the same places for values as the English ones", (_, places) => {
    const differing = sourceTexts(places).filter(({ pattern, endings }) => {
      const chinese = CHINESE[pattern];
      if (chinese === undefined) return false;
      const there = placesIn(chinese);
      const wanted = placesIn(pattern);
      return (
        there.some((place) => !wanted.includes(place)) ||
        wanted.some((place) => !there.includes(place) && !endings.has(place))
      );
    });
    expect(differing.map(({ pattern }) => `${pattern} -> ${CHINESE[pattern]}`)).toEqual([]);
  });

  it("are one for each English text, whichever table it stands in", () => {
    const known = new Map<string, string>();
    const differing = Object.values(CHINESE_TABLES)
      .flatMap((table) => Object.entries(table))
      .filter(([pattern, chinese]) => {
        const before = known.get(pattern) ?? chinese;
        known.set(pattern, chinese);
        return before !== chinese;
      });
    expect(differing).toEqual([]);
  });

  it("have no English sentence in them", () => {
    // Commands and what logs say stand in quotes.
    const left = Object.values(CHINESE)
      .filter((text) => !Object.hasOwn(CHINESE, text))
      .filter((text) =>
        /(?<![\w-])[a-z]{3,}(?: [a-z]{2,}){3,}/.test(text.replaceAll(/'[^']*'|`[^`]*`|"[^"]*"/g, "")),
      );
    expect(left).toEqual([]);
  });
});

function placesIn(pattern: string): number[] {
  return [...pattern.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place)).toSorted((a, b) => a - b);
}
