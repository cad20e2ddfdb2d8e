import { describe, expect, it } from "vitest";
import { outcomeText } from "../../src/report/outcome.js";
import { saStateText } from "../../src/report/words.js";
import { renderText } from "../../src/index.js";
import { inEnglish } from "../../src/texts/texts.js";
import { generated, recorded } from "./labelled.js";
import { judgeLabelled } from "./score.js";
import { sampled } from "../support/sample.js";

/** One of so many is looked at in `npm test`. */
const SHARE = 4;
const captures = sampled([...recorded(), ...generated()], SHARE);

/**
 * A state or an outcome that the tables show is known to the first line: "HEALTHY" or "NOTHING TO JUDGE" does not stand above a
 * Child SA that was refused, a request that nobody answered, or an error notify.
 */
describe("the first line knows what the tables show", () => {
  it.each(captures)("$truth.file", async (capture) => {
    const judgement = await judgeLabelled(capture);
    const [first = ""] = renderText(judgement).split("\n");
    for (const { status, setups, findings, standing, told } of judgement.tunnels) {
      const isTold =
        findings.some(({ severity }) => severity !== "info") ||
        /without an answer|claimed/.test(inEnglish(standing));
      if (status !== "healthy" && (status !== "nothing-to-judge" || isTold)) continue;
      const last = setups.at(-1);
      if (last !== undefined && told.states.get(last.sa.id)?.kind === "redirected") continue;
      expect([first, last?.progress.state]).not.toContain("child-refused");
      expect([first, last?.progress.state]).not.toContain("authentication-refused");
      const exchange = last?.sa.exchanges.at(-1);
      if (last === undefined || exchange === undefined) continue;
      const outcome = outcomeText(last.sa, exchange, judgement.observations.lastTime, told);
      expect({ first, isUnanswered: outcome === "NO ANSWER" }).toEqual({ first, isUnanswered: false });
    }
  });
});

/** Findings that a peer refuses what it was asked. */
const REFUSALS = new Set([
  "authentication-failed",
  "child-rejected",
  "child-ts-unacceptable",
  "child-no-proposal-chosen",
  "ike-no-proposal-chosen",
  "rekey-failed",
]);

describe("the tables know what the first line says", () => {
  it.each(captures)("$truth.file", async (capture) => {
    const { tunnels, observations } = await judgeLabelled(capture);
    for (const judged of tunnels) {
      const { findings, setups, status, told, failingPhase } = judged;
      const root = findings.find(({ severity }) => severity === "critical");
      if (root === undefined || (status !== "failing" && status !== "suspected")) continue;
      const cited = new Set(root.evidence.map(({ frame }) => frame));
      const rows = setups.flatMap((setup) =>
        setup.sa.exchanges
          .filter(({ request, response }) =>
            [request, response].some((one) =>
              one?.sightings.some(({ frames }) => frames.some((frame) => cited.has(frame))),
            ),
          )
          .map((exchange) => ({
            outcome: inEnglish(outcomeText(setup.sa, exchange, observations.lastTime, told)),
            state: inEnglish(saStateText(judged, setup)),
            isLast: setup === setups.at(-1),
          })),
      );
      if (rows.length === 0) continue;
      if (REFUSALS.has(root.code) && !root.headline.includes("never answered")) {
        expect({ code: root.code, rows }).toEqual({
          code: root.code,
          rows: expect.arrayContaining([
            expect.objectContaining({
              outcome: expect.stringMatching(/^refus/),
            }),
          ]),
        });
      }
      if (failingPhase !== null && ["IKE_AUTH", "MAIN_MODE", "AGGRESSIVE_MODE"].includes(failingPhase)) {
        // Where one client takes the place of another again and again, the last one is up until the next comes.
        const ended = rows.filter(({ isLast }) => !isLast || root.code !== "identity-flap");
        expect({ code: root.code, states: ended.map(({ state }) => state) }).toEqual({
          code: root.code,
          states: ended.map(() => expect.not.stringMatching(/^up$/)),
        });
      }
    }
  });
});
