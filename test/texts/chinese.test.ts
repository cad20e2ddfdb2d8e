import { describe, expect, it } from "vitest";
import { CODES } from "../../src/diagnosis/codes.js";
import { CHINESE, CHINESE_TABLES } from "../../src/texts/zh/index.js";
import { PAGE } from "../../src/texts/zh/page.js";
import { sourceTexts } from "../support/texts/source-texts.js";
import { RULE_FOLDERS } from "../support/rule-folders.js";

/**
 * New texts of a folder that may wait for their translation, said in English until then. The test names them, so that whoever has
 * a minute can put them into the folder's table.
 */
const MAY_WAIT = 0;

const FACTS = ["facts", "places", "outage"].map((folder) => `diagnosis/${folder}`);
const PLACES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(RULE_FOLDERS.map((folder) => [folder, [`diagnosis/rules/${folder}`]])),
  facts: [
    ...FACTS,
    ...["evidence", "grade", "headline", "standing", "changes", "scope", "phases", "near-addresses"].map(
      (file) => `diagnosis/${file}.ts`,
    ),
    "session/vantage.ts",
  ],
  fleet: ["fleet/rules", "report/fleet"],
  browse: ["report/browse"],
  decode: ["report/decode", "session/decode-fault.ts"],
  evidence: ["report/host/recognised.ts"],
  keys: ["opening/key-fault.ts"],
  timeline: ["joint/timeline.ts", "joint/joined.ts", "report/host/timeline.ts"],
  running: ["live"],
  notifies: ["diagnosis/notifies.ts"],
  report: [
    ...["text", "text-findings", "words", "ladder", "outcome", "notify-explained", "catalogue"].map(
      (file) => `report/${file}.ts`,
    ),
    ...["ladder", "live", "markdown", "outage", "tables"].map((folder) => `report/${folder}`),
  ],
};

describe("the Chinese texts", () => {
  it.each(Object.entries(PLACES))("%s: has every text of the source", (name, places) => {
    const missing = sourceTexts(places).filter(({ pattern }) => !Object.hasOwn(CHINESE, pattern));
    const open = missing.map(({ pattern, file }) => `${file}: ${pattern}`);
    if (open.length > 0) console.log(`${name}: still in English\n${open.join("\n")}`);
    expect(open.length > MAY_WAIT ? open : []).toEqual([]);
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

  it("stand in one table each", () => {
    const known = new Map<string, string>();
    const twice = Object.entries(CHINESE_TABLES).flatMap(([name, table]) =>
      Object.keys(table).flatMap((pattern) => {
        const before = known.get(pattern);
        known.set(pattern, name);
        return before === undefined ? [] : [`${before}, ${name}: ${pattern}`];
      }),
    );
    expect(twice).toEqual([]);
  });

  it("leave the codes of findings alone", () => {
    expect(CODES.filter((code) => Object.hasOwn(CHINESE, code))).toEqual([]);
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

describe("the labels of pages", () => {
  const labels = sourceTexts(["report/html/client", "page/app", "page/live"]);

  it("are all in their own table: a page has no other one", () => {
    const missing = labels.filter(({ pattern, isTagged }) => isTagged && !Object.hasOwn(PAGE, pattern));
    expect(missing.map(({ pattern, file }) => `${file}: ${pattern}`)).toEqual([]);
  });

  it("have the same places for values as the English ones", () => {
    const differing = labels.filter(({ pattern, endings }) => {
      const there = placesIn(PAGE[pattern] ?? pattern);
      const wanted = placesIn(pattern).filter((place) => !endings.has(place) || there.includes(place));
      return there.join(" ") !== wanted.join(" ");
    });
    expect(differing.map(({ pattern }) => pattern)).toEqual([]);
  });

  it("are tagged: no other words stand in what draws pages", () => {
    const isSelector = (text: string): boolean => /[>(:.[]/.test(text);
    const isCommand = (text: string): boolean => /^ikescope [a-z]+$/.test(text);
    const plain = labels.filter(
      ({ pattern, isTagged }) => !isTagged && !isSelector(pattern) && !isCommand(pattern),
    );
    expect(plain.map(({ pattern, file }) => `${file}: ${pattern}`)).toEqual([]);
  });

  it("are no more than those, and the words that come with the data", () => {
    const used = new Set(labels.map(({ pattern }) => pattern));
    const words = Object.keys(PAGE).filter((pattern) => !used.has(pattern));
    expect(words.filter((text) => !/^(?:[a-z]+|nothing to judge|setting up)$/.test(text))).toEqual([]);
  });
});

function placesIn(pattern: string): number[] {
  return [...pattern.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place)).toSorted((a, b) => a - b);
}
