import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "natt-not-used";
/** The translator keeps the ports. */
const BEHIND: ScenarioOptions = {
  initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 500, port4500: 4500 } },
};

/** The responder knows no NAT traversal, so all stays on port 500. */
function setsUpWithout(talk: Scenario): void {
  talk.at(0).initiator.sends(ikeSaInit());
  talk.at(0.05).responder.sends(ikeSaInitAnswer({ natDetection: "none" }));
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.15).responder.sends(ikeAuthAnswer());
}

describe(CODE, () => {
  it("fires where ESP goes as protocol 50 from one side only, and names the side without NAT traversal", () => {
    const talk = scenario(BEHIND);
    setsUpWithout(talk);
    traffic(talk, 1, 10, "initiator");
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.summary).toContain(
      "The responder 198.51.100.20 sent no NAT detection: enable NAT traversal there.",
    );
    expect(evidence(found)).toEqual([1, 5, 22]);
    expect(faults(judgement)).toEqual([CODE]);
    expect(finding(judgement, "esp-one-way").causedBy).toBe(CODE);
  });

  it("names the initiator where both sent hashes", () => {
    const talk = scenario(BEHIND);
    setsUp(talk);
    traffic(talk, 1, 10, "responder");
    expect(finding(talk.endsAt(60).judge(), CODE).summary).toContain(
      "the initiator 192.0.2.10 should have moved",
    );
  });

  it("is an explanation where ESP passes both ways", () => {
    const talk = scenario(BEHIND);
    setsUpWithout(talk);
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it.each([
    ["without a translator", {}],
    ["where UDP 4500 is used", { ...BEHIND, floats: true }],
  ])("is silent %s", (_name, options) => {
    const talk = scenario(options);
    setsUp(talk);
    traffic(talk, 1, 10, "initiator");
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is silent where UDP encapsulation is forced", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit({ natDetection: "wrong" }));
    talk.at(0.05).responder.sends(ikeSaInitAnswer({ natDetection: "wrong" }));
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.15).responder.sends(ikeAuthAnswer());
    traffic(talk, 1, 10, "initiator");
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is silent about the first packets of a conversation", () => {
    const talk = scenario(BEHIND);
    setsUpWithout(talk);
    talk.at(1, 2).initiator.esp();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
