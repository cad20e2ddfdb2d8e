import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  finding,
  informational,
  informationalAnswer,
  type Keeps,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "capture-dropped";

describe(CODE, () => {
  it("is told where the file counts drops, and says nothing about the tunnel", () => {
    const talk = scenario();
    setsUp(talk);
    const judgement = talk.judgeWith({ dropped: 110 });
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", tunnel: null });
    expect(found.headline).toBe("110 packets were dropped while capturing (4 were kept)");
    expect(evidence(found)).toEqual([1, 4]);
    expect(judgement.status).toBe("up");
  });

  it.each([0, null])("is silent where the file says %s", (dropped) => {
    const talk = scenario();
    setsUp(talk);
    expect(codes(talk.judgeWith({ dropped }))).not.toContain(CODE);
  });
});

describe("a hole in a file", () => {
  /** Times that the capture does not have, by the seconds of the story. */
  const without =
    (from: number, until: number): Keeps =>
    ({ time }) =>
      time < from || time > until;

  /** A tunnel with traffic both ways for half a minute. */
  function working() {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 30);
    return talk;
  }

  it("is told with the packets beside it where both directions count on behind a silence", () => {
    const talk = working();
    const judgement = talk.judge(without(10.2, 18.2));
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "likely", tunnel: null });
    expect(found.headline).toMatch(/^the capture has a hole of 8\.\d s from \d\d:\d\d:\d\d UTC on$/);
    expect(found.summary).toContain("by 32 packets in all");
    const [before = 0, after = 0] = evidence(found);
    expect(after - before).toBe(1);
    expect(accusations(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("healthy");
  });

  it("is none where the tunnel is idle: nothing counts on", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    traffic(talk, 20, 30);
    expect(codes(talk.judge())).not.toContain(CODE);
  });

  it("is none where one direction alone lacks packets", () => {
    const isKept = without(10.2, 18.2);
    const judgement = working().judge((frame, index) => frame.sender === "initiator" || isKept(frame, index));
    expect(codes(judgement)).not.toContain(CODE);
  });

  it("is none where IKE goes on meanwhile: a filter or the path lost the ESP", () => {
    const talk = working();
    const asked = Array.from({ length: 10 }, (_, index) => {
      const id = index + 2;
      return [
        ...talk.at(9.1 + index).initiator.sends(informational({ id })),
        ...talk.at(9.12 + index).responder.sends(informationalAnswer({ id })),
      ];
    });
    const messages = new Set(asked.flat());
    const isKept = without(10.2, 18.2);
    expect(codes(talk.judge((frame, index) => messages.has(frame) || isKept(frame, index)))).not.toContain(
      CODE,
    );
  });

  it("is none where the capture begins in the middle", () => {
    expect(codes(working().judge(without(0, 12)))).not.toContain(CODE);
  });
});
