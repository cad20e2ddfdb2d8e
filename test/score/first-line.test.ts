import { describe, expect, it } from "vitest";
import { outcomeText } from "../../src/report/outcome.js";
import { renderText } from "../../src/index.js";
import { inEnglish } from "../../src/texts/texts.js";
import { generated, recorded } from "./labelled.js";
import { judgeLabelled } from "./score.js";

/**
 * A state or an outcome that the tables show is known to the first line: "HEALTHY" or "NOTHING TO JUDGE" does not stand above a
 * Child SA that was refused, a request that nobody answered, or an error notify.
 */
describe("the first line knows what the tables show", () => {
  it.each([...recorded(), ...generated()])("$truth.file", async (capture) => {
    const judgement = await judgeLabelled(capture);
    const [first = ""] = renderText(judgement).split("\n");
    for (const { status, setups, findings, standing } of judgement.tunnels) {
      const isTold =
        findings.some(({ severity }) => severity !== "info") ||
        /without an answer|claimed/.test(inEnglish(standing));
      if (status !== "healthy" && (status !== "nothing-to-judge" || isTold)) continue;
      const last = setups.at(-1);
      expect([first, last?.progress.state]).not.toContain("child-refused");
      expect([first, last?.progress.state]).not.toContain("authentication-refused");
      const exchange = last?.sa.exchanges.at(-1);
      if (last === undefined || exchange === undefined) continue;
      const outcome = outcomeText(last.sa, exchange, judgement.observations.lastTime);
      expect({ first, isUnanswered: outcome === "NO ANSWER" }).toEqual({ first, isUnanswered: false });
    }
  });
});
