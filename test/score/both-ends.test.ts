import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze } from "../../src/index.js";
import { PCAPS, readTruth, type Truth } from "./truth.js";

/** Captures of one event at the initiator and at the responder, by scenario. */
const scenarios = new Map<string, Truth[]>();
for (const truth of readTruth().filter(({ file }) => !file.includes("router"))) {
  scenarios.set(truth.scenario, [...(scenarios.get(truth.scenario) ?? []), truth]);
}

describe("both ends of one event, read as one capture", () => {
  it.each([...scenarios].filter(([, ends]) => ends.length === 2))(
    "%s: nothing is accused that neither end shows alone, and one fault is critical at most",
    async (_, ends) => {
      const files = ends.map(({ file }) => fileURLToPath(new URL(file, PCAPS)));
      const { judgement } = await analyze(await openCaptures(files));
      const known = new Set(ends.flatMap(({ findings }) => findings));
      const above = judgement.findings.filter(({ severity }) => severity !== "info");
      const accused = above.filter(({ code }) => !code.startsWith("capture-") && !known.has(code));
      expect(accused.map(({ code }) => code)).toEqual([]);
      expect(above.filter(({ severity }) => severity === "critical").length).toBeLessThanOrEqual(1);
    },
  );
});
