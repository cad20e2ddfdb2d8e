import { describe, expect, it } from "vitest";
import type { CaptureFile } from "../../src/session/model.js";
import {
  accusations,
  codes,
  evidence,
  finding,
  informational,
  informationalAnswer,
  ikeSaInit,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

type StepBack = NonNullable<CaptureFile["stepBack"]>;

const CODE = "clock-jump";

describe(CODE, () => {
  it("is told where the time goes back by minutes", () => {
    const talk = scenario();
    setsUp(talk);
    const judgement = talk.judgeWith({ stepBack: { by: 120_000_000, frame: 3, time: 1 } });
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", tunnel: null });
    expect(found.headline).toBe("the time of the capture goes back by 2 min 0 s (frame 3)");
    expect(evidence(found)).toEqual([3]);
    expect(judgement.status).toBe("up");
  });

  it("explains messages that lie before the setup by their times: the tunnel is not called older than the capture", () => {
    const story = (): Scenario => {
      const talk = scenario();
      talk.at(-60).initiator.sends(informational({ id: 2 }));
      talk.at(-59.9).responder.sends(informationalAnswer({ id: 2 }));
      traffic(talk, -50, -40);
      setsUp(talk);
      return talk;
    };
    const late = ["capture-starts-late", "esp-unknown-spi"];
    const told = (stepBack: StepBack | null): string[] =>
      codes(story().judgeWith({ stepBack })).filter((code) => late.includes(code));
    expect(told(null)).not.toEqual([]);
    expect(told({ by: 120_000_000, frame: 3, time: 1 })).toEqual([]);
    // Files of several interfaces are that much out of order, and their times still tell what came first.
    expect(told({ by: 900_000, frame: 3, time: 1 })).toEqual(told(null));
  });

  it.each([
    ["small disorder of merged interfaces", { by: 900_000, frame: 3, time: 1 }],
    ["steady time", null],
  ])("is silent about %s", (_name, stepBack) => {
    const talk = scenario();
    setsUp(talk);
    expect(codes(talk.judgeWith({ stepBack }))).not.toContain(CODE);
  });
});

describe("a clock that is set ahead during an exchange", () => {
  const HOURS = 3 * 3600;

  it("is told by a request that is sent again hours later", () => {
    const talk = scenario();
    setsUp(talk);
    const request = informational({ id: 2 });
    for (const at of [1, 5, HOURS + 12, HOURS + 25]) talk.at(at).initiator.sends(request);
    const found = finding(talk.endsAt(HOURS + 60).judge(), CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "possible", tunnel: null });
    expect(found.headline).toBe(
      "the time of the capture leaps ahead by 3 h 0 min during an exchange (frame 7)",
    );
    expect(evidence(found)).toEqual([6, 7]);
  });

  it("is told by an answer that comes hours later, also over ESP that pauses as long", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 5);
    talk.at(5).initiator.sends(informational({ id: 2 }));
    talk.at(HOURS).responder.sends(informationalAnswer({ id: 2 }));
    traffic(talk, HOURS + 1, HOURS + 5);
    expect(accusations(talk.judge())).toContain(CODE);
  });

  const ASKS_AGAIN = (talk: Scenario): void => {
    const request = informational({ id: 2 });
    for (const at of [5, HOURS]) talk.at(at).initiator.sends(request);
  };
  it.each<[string, (talk: Scenario) => void]>([
    [
      "checks hours apart, each answered at once",
      (talk) => {
        for (const [id, at] of [5, HOURS].entries()) {
          talk.at(at).initiator.sends(informational({ id: id + 2 }));
          talk.at(at + 0.1).responder.sends(informationalAnswer({ id: id + 2 }));
        }
      },
    ],
    [
      "a request that had its answer before it is sent again, as a laptop does that slept",
      (talk) => {
        const request = informational({ id: 2 });
        talk.at(5).initiator.sends(request);
        talk.at(5.1).responder.sends(informationalAnswer({ id: 2 }));
        talk.at(HOURS).initiator.sends(request);
      },
    ],
    [
      "a request that is sent again beside ESP that goes on",
      (talk) => {
        ASKS_AGAIN(talk);
        traffic(talk, 6, HOURS / 2);
      },
    ],
    [
      "a request that is sent again beside another exchange",
      (talk) => {
        ASKS_AGAIN(talk);
        talk.at(HOURS / 2).responder.sends(informational({ id: 0 }));
        talk.at(HOURS / 2 + 0.1).initiator.sends(informationalAnswer({ id: 0 }));
      },
    ],
  ])("is not told by %s", (_name, tell) => {
    const talk = scenario();
    setsUp(talk);
    tell(talk);
    expect(codes(talk.endsAt(HOURS + 60).judge())).not.toContain(CODE);
  });

  it("is not told by a scanner that opens with the same bytes each hour", () => {
    const talk = scenario();
    const opening = ikeSaInit();
    for (const at of [0, 3600, HOURS]) talk.at(at).initiator.sends(opening);
    expect(codes(talk.endsAt(HOURS + 60).judge())).not.toContain(CODE);
  });
});
