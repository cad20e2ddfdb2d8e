import { beforeAll, describe, expect, it } from "vitest";
import { CODES } from "../../src/diagnosis/codes.js";
import { RULES } from "../../src/diagnosis/rules/index.js";
import { CONFIRMED_BY } from "./generated/confirmed-by.js";
import { generated, recorded, recordedAs } from "./labelled.js";
import { judgeLabelled, Score, type Tally } from "./score.js";

const labelled = [...recorded(), ...generated()];
/** What others name as a rival, and nothing detects, has no capture; what hosts say is in test/joint. */
const codes = CODES.filter((code) => RULES[code].about !== "rival" && RULES[code].about !== "host");
const hasLabel = new Set(labelled.flatMap(({ truth }) => [...truth.findings, ...truth.info]));
const hasNearMiss = new Set(labelled.flatMap(({ truth }) => truth.nearMissOf ?? []));
const isHeld = (code: string): boolean => hasLabel.has(code) && hasNearMiss.has(code);

const KEYS =
  "it takes keys: test/opening/verdicts.test.ts holds it, with keys that do not fit as what only looks like it";

/**
 * Codes of the catalogue that need not have a labelled capture and a near miss, and why. A code
 * that has both must leave this list.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "child-no-proposal-chosen": KEYS,
  "child-ts-unacceptable": KEYS,
  "child-ts-narrowed": KEYS,
  "esp-integrity-failed": KEYS,
  "keys-differ": KEYS,
  "lost-between-captures":
    "it takes two files, and a label is of one: both-ends.sampled.test.ts holds it, with what only looks like it",
};

describe("the corpus of labelled captures", () => {
  it("shows every code of the catalogue, and for every code something that only looks like it", () => {
    expect(codes.filter((code) => !isHeld(code) && !Object.hasOwn(EXCEPTIONS, code))).toEqual([]);
  });

  it("needs the exceptions that it names", () => {
    expect(Object.keys(EXCEPTIONS).filter(isHeld)).toEqual([]);
  });

  it("names only codes that there are, or that are exceptions", () => {
    const known = new Set([...codes, ...Object.keys(EXCEPTIONS)]);
    expect([...hasLabel, ...hasNearMiss].filter((code) => !known.has(code))).toEqual([]);
  });

  it("has a name for each capture", () => {
    const files = labelled.map(({ truth }) => truth.file);
    expect(new Set(files).size).toBe(files.length);
  });
});

describe("recordings that confirm generated captures", () => {
  it("are named of stories that there are", () => {
    const stories = new Set(generated().map(({ truth }) => truth.scenario));
    expect(Object.keys(CONFIRMED_BY).filter((name) => !stories.has(name))).toEqual([]);
  });

  const confirmed = generated().flatMap(({ truth }) =>
    (truth.confirmedBy ?? []).map((recording) => ({ told: truth, recording })),
  );

  it.each(confirmed)("$recording shows what $told.file tells", ({ told, recording }) => {
    const { truth } = recordedAs(recording);

    expect(truth.findings[0]).toBe(told.findings[0]);
    expect(told.info.filter((code) => ![...truth.info, ...truth.findings].includes(code))).toEqual([]);
    expect(isBroken(truth.status)).toBe(isBroken(told.status));
  });
});

const isBroken = (status: string): boolean => ["failing", "suspected"].includes(status);

describe("recall and precision over the corpus", () => {
  let rows: readonly (readonly [string, Tally])[];
  beforeAll(async () => {
    const score = new Score();
    for (const capture of labelled) score.add(capture.truth, await judgeLabelled(capture));
    rows = [...score.rows];
  });

  it("every code that a label has is found, and first where it is the root", () => {
    const missed = rows.filter(([, { captures, found, roots, first }]) => found < captures || first < roots);
    expect(missed.map(([code]) => code)).toEqual([]);
  });

  it("no code is said that its label has not", () => {
    expect(rows.filter(([, { falseAlarms }]) => falseAlarms > 0).map(([code]) => code)).toEqual([]);
  });
});
