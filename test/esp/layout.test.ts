import { describe, expect, it } from "vitest";
import {
  D,
  LARGE_KEPT,
  PARTNER_DOUBLES,
  PARTNER_WORDS,
  PARTNERS,
  RECORD_DOUBLES,
  RECORD_WORDS,
  STATE,
  W,
} from "../../src/esp/layout.js";
import { RATE_BINS, REPLAY_WINDOWS, SIZE_BINS } from "../../src/esp/stream.js";

/** Columns that are several of a kind, how many; all others are one. */
const WORDS: Readonly<Record<string, number>> = {
  sizes: SIZE_BINS,
  rate: RATE_BINS,
  answered: SIZE_BINS,
  partners: PARTNERS * PARTNER_WORDS,
  sourceAddress: 4,
  destinationAddress: 4,
  replayDrops: REPLAY_WINDOWS.length,
  largeBytes: LARGE_KEPT,
};
const DOUBLES: Readonly<Record<string, number>> = {
  largeTime: LARGE_KEPT,
  largeFrame: LARGE_KEPT,
  partnerFirst: PARTNERS,
};
/** Columns within each structure of a partner. */
const OF_PARTNER = /^partner(?:Record|Spi|Flags|Turns|Time|Frame)$/;

/** The words that columns take of a record, with the name of each; a double takes two. */
function taken(
  columns: Readonly<Record<string, number>>,
  counts: Readonly<Record<string, number>>,
  wordsEach: 1 | 2,
): (readonly [word: number, name: string])[] {
  return Object.entries(columns).flatMap(([name, at]) =>
    Array.from(
      { length: (counts[name] ?? 1) * wordsEach },
      (_, index) => [at * wordsEach + index, name] as const,
    ),
  );
}

function pick(columns: Readonly<Record<string, number>>, isWanted: (name: string) => boolean) {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => isWanted(name)));
}

/** The words that two columns have in common, with the names of these. */
function shared(words: readonly (readonly [number, string])[]): string[] {
  const owners = new Map<number, string>();
  return words.flatMap(([word, name]) => {
    const owner = owners.get(word);
    owners.set(word, name);
    return owner === undefined ? [] : [`${word}: ${owner}, ${name}`];
  });
}

describe("the record of a stream", () => {
  const isOfRecord = (name: string): boolean => !OF_PARTNER.test(name);
  const words = [
    ...taken(pick(W, isOfRecord), WORDS, 1),
    // The doubles of partners lie within the words of partners.
    ...taken(
      pick(D, (name) => isOfRecord(name) && name !== "partners"),
      DOUBLES,
      2,
    ),
  ];

  it("has a place of its own for each column", () => {
    expect(shared(words)).toEqual([]);
  });

  it("holds them all", () => {
    expect(Math.max(...words.map(([word]) => word))).toBeLessThan(RECORD_WORDS);
    expect(RECORD_DOUBLES * 2).toBe(RECORD_WORDS);
  });

  it("has the structures of partners at one place, in words and in doubles", () => {
    expect(D.partners * 2).toBe(W.partners);
    expect(PARTNER_DOUBLES * 2).toBe(PARTNER_WORDS);
  });
});

describe("the structure of a partner", () => {
  const isOfPartner = (name: string): boolean => OF_PARTNER.test(name);
  const words = [...taken(pick(W, isOfPartner), {}, 1), ...taken(pick(D, isOfPartner), {}, 2)];

  it("has a place of its own for each column, and holds them all", () => {
    expect(words).toHaveLength(8);
    expect(shared(words)).toEqual([]);
    expect(Math.max(...words.map(([word]) => word))).toBeLessThan(PARTNER_WORDS);
  });
});

describe("the state that the kernel is told", () => {
  it("has a place of its own for each number", () => {
    const { size, ...columns } = STATE;
    expect(shared(taken(columns, {}, 1))).toEqual([]);
    expect(Math.max(...Object.values(columns))).toBeLessThan(size);
  });
});
