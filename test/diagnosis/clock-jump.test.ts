import { describe, expect, it } from "vitest";
import type { CaptureFile } from "../../src/session/model.js";
import {
  codes,
  evidence,
  finding,
  informational,
  informationalAnswer,
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
