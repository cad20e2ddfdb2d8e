import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { allLabels } from "../../pcaps/lab/labels.js";
import { PCAPS } from "./truth.js";

interface Entry {
  readonly file: string;
}

/** A label that is corrected in truth.json alone is lost when the laboratory writes it anew: correct the scenario. */
it("pcaps/truth.json has the labels that pcaps/lab says", () => {
  const { captures } = JSON.parse(readFileSync(new URL("truth.json", PCAPS), "utf8")) as {
    readonly captures: readonly Entry[];
  };
  const said = new Map<string, Entry>(allLabels(fileURLToPath(PCAPS)).map((entry) => [entry.file, entry]));
  // What is added by hand (soonAccept, nearMissOf, a frame that no rule finds) stays as it is.
  expect(captures).toEqual(captures.map((entry) => ({ ...entry, ...said.get(entry.file) })));
  expect(captures.filter(({ file }) => !said.has(file))).toEqual([]);
});
