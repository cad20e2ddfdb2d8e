import { describe, expect, it } from "vitest";
import { renderText } from "../../src/index.js";
import { generated, recorded } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { sampled } from "../support/sample.js";
import {
  createChild,
  createChildAnswer,
  informational,
  informationalAnswer,
  INNER,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** One of so many is rendered in `npm test`. */
const SHARE = 12;
const labelled = sampled([...recorded(), ...generated()], SHARE);

describe("the text report", () => {
  it.each(labelled)(
    "of $truth.file fits 100 columns, begins with the verdict and stays short",
    async (capture) => {
      const { truth } = capture;
      const judgement = await judgeLabelled(capture);
      const text = renderText(judgement);
      const lines = text.split("\n");
      expect(lines[0]?.startsWith(truth.status.replaceAll("-", " ").toUpperCase())).toBe(true);
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      // One failing tunnel takes about 60 lines at most.
      if (truth.status === "failing" && judgement.tunnels.length === 1)
        expect(lines.length).toBeLessThanOrEqual(72);
    },
  );

  it("fits a terminal of 80 columns: what has no room is left out, not broken", async () => {
    for (const capture of labelled.filter((_, index) => index % 3 === 0)) {
      const lines = renderText(await judgeLabelled(capture), { width: 80 }).split("\n");
      expect(
        lines.filter((line) => line.length > 80),
        capture.truth.file,
      ).toEqual([]);
    }
  });

  it("colours only where it is told to", async () => {
    const [capture] = labelled;
    if (capture === undefined) throw new Error("no labelled capture");
    const judgement = await judgeLabelled(capture);
    expect(renderText(judgement)).not.toContain("\u001b");
    expect(renderText(judgement, { colour: true })).toContain("\u001b[");
  });

  describe("of a request without an answer", () => {
    const asked = (...seconds: number[]): Scenario => {
      const talk = scenario();
      setsUp(talk);
      talk.at(...seconds).initiator.sends(informational({ id: 2 }));
      return talk;
    };
    const rowOf = (talk: Scenario): string =>
      renderText(talk.judge())
        .split("\n")
        .find((line) => line.startsWith("│") && line.includes("INFORMATIONAL")) ?? "";

    it("says so where there was time for one", () => {
      expect(rowOf(asked(10).endsAt(13))).toContain("NO ANSWER");
      expect(rowOf(asked(10, 11).endsAt(11.1))).toContain("NO ANSWER");
    });

    it("says that the capture ends where it ends right behind the request: nobody failed to answer", () => {
      expect(rowOf(asked(10).endsAt(10.5))).toContain("capture ends");
    });
  });

  it("says what two numbers of attempts mean, and nothing where there is one", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(2, 6, 13).initiator.sends(informational({ id: 2 }));
    talk.at(6.1, 13.1).responder.sends(informationalAnswer({ id: 2 }));
    expect(renderText(talk.judge())).toContain(
      "attempts 3/2: the request was sent 3 times, the response 2 times",
    );
    const plain = scenario();
    setsUp(plain);
    expect(renderText(plain.judge())).not.toContain("the request was sent");
  });

  it("shows times of a text that names no time zone as they are printed there", () => {
    const talk = scenario();
    setsUp(talk);
    const notes = [{ kind: "text-times", text: "the text names no time zone" }];
    expect(renderText(talk.judgeWith({ notes }))).toMatch(/packets, 2023-11-14 22:13:20 as printed, /);
    expect(renderText(talk.judge())).toMatch(/packets, 2023-11-14 22:13:20 UTC, /);
  });

  it("says of checks that are not listed that they were answered", () => {
    const talk = scenario();
    setsUp(talk);
    for (let id = 2; id < 102; id++) {
      talk.at(id).initiator.sends(informational({ id }));
      talk.at(id + 0.02).responder.sends(informationalAnswer({ id }));
    }
    expect(renderText(talk.judge())).toMatch(
      /\d+ more messages, answered liveness checks like these, are not listed/,
    );
  });

  describe("of an IKE SA with many exchanges", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 110);
    const [refused] = talk.at(20).initiator.sends(createChild({ id: 2 }));
    talk.at(20.1).responder.sends(createChildAnswer({ id: 2, inner: INNER.bareNotify }));
    for (let id = 0; id < 20; id++) {
      talk.at(5 + id * 5).responder.sends(informational({ id }));
      talk.at(5.1 + id * 5).initiator.sends(informationalAnswer({ id }));
    }
    const lines = renderText(talk.endsAt(112).judge()).split("\n");

    it("shows the row that a finding cites, between those that are left out", () => {
      const rows = lines.filter((line) => line.startsWith("│"));
      const at = rows.findIndex((line) => line.includes("CREATE_CHILD_SA"));
      expect(rows[at]).toContain(` ${refused?.number} `);
      expect(rows.some((line, index) => index > at && line.includes("more ..."))).toBe(true);
    });

    it("counts what it leaves out", () => {
      const left = lines.flatMap((line) => /\.\.\. (\d+) more \.\.\./.exec(line)?.[1] ?? []);
      const shown = lines.filter((line) => /^│ +\d+ │/.test(line));
      expect(left.reduce((sum, count) => sum + Number(count), 0) + shown.length).toBe(23);
    });
  });
});
