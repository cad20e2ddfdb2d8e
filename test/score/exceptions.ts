const KEYS =
  "it takes keys: test/opening/verdicts.test.ts holds it, with keys that do not fit as what only looks like it";

/**
 * Codes of the catalogue that need not have a labelled capture and a near miss (see corpus.test.ts), and why. A code
 * that has both must leave this list.
 */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "child-no-proposal-chosen": KEYS,
  "child-ts-unacceptable": KEYS,
  "child-ts-narrowed": KEYS,
  "esp-integrity-failed": KEYS,
  "keys-differ": KEYS,
  "lost-between-captures":
    "it takes two files, and a label is of one: both-ends.sampled.test.ts holds it, with what only looks like it",
};
