import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  accusations,
  codes,
  evidence,
  every,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-interrupted";

/** Pings each second for a minute; those from second 20 on have no answer until `until`. */
function pings(
  until: number,
  beside: (talk: Scenario, second: number) => unknown = () => undefined,
): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  for (const second of every(1, 1, 61)) {
    talk.at(second).initiator.esp();
    if (second < 20 || second >= until) talk.at(second + 0.02).responder.esp();
    beside(talk, second);
  }
  return talk.endsAt(90);
}

describe(CODE, () => {
  it("tells answers that were missing for half a minute and came back", () => {
    const judgement = pings(45).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "possible", phase: "ESP" });
    expect(inEnglish(found.headline ?? "")).toContain(
      "while 192.0.2.10 went on asking (25 packets); then it came back",
    );
    expect(evidence(found)).toHaveLength(2);
    expect(accusations(judgement)).toEqual([CODE]);
  });

  it("is an explanation where IKE of the silent side came meanwhile: the host that was asked may have been away", () => {
    const check = (talk: Scenario, second: number): void => {
      if (second !== 30) return;
      talk.at(30.1).initiator.sends(informational({ id: 2 }));
      talk.at(30.15).responder.sends(informationalAnswer({ id: 2 }));
    };
    const judgement = pings(45, check).judge();
    expect(finding(judgement, CODE).severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
  });

  it.each<[string, () => Scenario]>([
    ["a few are missing", () => pings(25)],
    ["none comes back: that is another finding", () => pings(100)],
    [
      "a call is on hold: its packets come by themselves",
      () => {
        const talk = scenario({ near: "initiator" });
        setsUp(talk);
        for (const second of every(0.02, 1, 31)) {
          talk.at(second).initiator.esp({ size: 200 });
          if (second < 10 || second >= 22) talk.at(second + 0.01).responder.esp({ size: 200 });
        }
        return talk.endsAt(60);
      },
    ],
    [
      "another stream without answers goes on beside them: pings that paused while reports went on",
      () => {
        const talk = scenario({ near: "initiator" });
        setsUp(talk);
        for (const second of every(1, 1, 61)) {
          talk.at(second).initiator.esp({ size: 200 });
          if (second >= 20 && second < 45) continue;
          talk.at(second + 0.4).initiator.esp();
          talk.at(second + 0.42).responder.esp();
        }
        return talk.endsAt(90);
      },
    ],
    [
      "the questions pause before those without answers: of another host, perhaps",
      () => {
        const talk = scenario({ near: "initiator" });
        setsUp(talk);
        for (const second of [...every(1, 1, 20), ...every(1, 25, 40), ...every(1, 44, 61)]) {
          talk.at(second).initiator.esp();
          if (second < 20 || second >= 44) talk.at(second + 0.02).responder.esp();
        }
        return talk.endsAt(90);
      },
    ],
    [
      "the answers were sent: their numbers are missing",
      () => {
        const talk = scenario({ near: "initiator" });
        setsUp(talk);
        for (const second of every(1, 1, 61)) {
          talk.at(second).initiator.esp();
          if (second < 20 || second >= 45) talk.at(second + 0.02).responder.esp({ sequence: second });
        }
        return talk.endsAt(90);
      },
    ],
  ])("is silent where %s", (_name, made) => {
    expect(codes(made().judge())).not.toContain(CODE);
  });
});
