import { describe, expect, it } from "vitest";
import {
  BEHIND_NAT,
  codes,
  evidence,
  faults,
  finding,
  informationalV1,
  mainModeUp,
  quickModeUp,
  type Scenario,
  scenario,
  type ScenarioOptions,
  traffic,
} from "../support/scenario/index.js";

const CODE = "child-rejected";

interface Ends {
  readonly from?: number;
  readonly by?: "initiator" | "responder";
  /** Seconds from Quick Mode 3 to the deletes. */
  readonly wait?: number;
  readonly sa?: Scenario["sa"];
}

/** Both phases succeed, then one side deletes them. */
function ends(talk: Scenario, { from = 0, by = "initiator", wait = 0.1, sa = talk.sa }: Ends = {}) {
  mainModeUp(talk, { from, sa });
  quickModeUp(talk, { from: from + 0.5, sa });
  const at = from + 0.6 + wait;
  const [first] = talk.at(at)[by].sends(informationalV1({ sa }));
  talk.at(at + 0.01)[by].sends(informationalV1({ sa, length: 96 }));
  return first;
}

describe("an IKEv1 tunnel that one side deletes right after quick mode", () => {
  it.each<[string, ScenarioOptions, Ends]>([
    ["the initiator", {}, {}],
    ["the responder", { near: "responder" }, { by: "responder" }],
    ["a client behind NAT", BEHIND_NAT, { wait: 0.3 }],
  ])("is suspected: %s", (_, options, how) => {
    const talk = scenario(options);
    const first = ends(talk, how);
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, CODE);
    expect(judgement.status).toBe("suspected");
    expect(found).toMatchObject({ confidence: "possible", phase: "QUICK_MODE" });
    expect(evidence(found)).toContain(first?.number);
  });

  it("is suspected after several attempts that end so", () => {
    const talk = scenario();
    for (const from of [0, 20, 40]) ends(talk, { from, sa: from === 0 ? talk.sa : talk.newSa() });
    expect(codes(talk.endsAt(80).judge())).toContain(CODE);
  });

  it("is not told of one that is deleted later, as by an operator or a client whose L2TP times out", () => {
    const talk = scenario();
    ends(talk, { wait: 1 });
    expect(codes(talk.endsAt(30).judge())).not.toContain(CODE);
  });

  it("is not told where ESP passed, where the capture may leave ESP out, or where a later setup stays", () => {
    const carries = scenario();
    ends(carries, { wait: 0.4 });
    carries.at(0.7, 0.75).initiator.esp();
    carries.at(0.72, 0.77).responder.esp();
    const hidden = scenario();
    ends(hidden);
    const stays = scenario();
    ends(stays);
    const sa = stays.newSa();
    mainModeUp(stays, { from: 5, sa });
    quickModeUp(stays, { from: 5.5, sa });
    traffic(stays, 6, 20);
    for (const judgement of [carries.endsAt(30).judge(), hidden.judge(), stays.endsAt(30).judge()]) {
      expect(codes(judgement)).not.toContain(CODE);
      expect(faults(judgement)).toEqual([]);
    }
  });

  it("is not told of liveness checks of both sides right after the setup", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    for (const [asks, answers] of [
      ["initiator", "responder"],
      ["responder", "initiator"],
    ] as const) {
      talk.at(0.7)[asks].sends(informationalV1());
      talk.at(0.72)[answers].sends(informationalV1());
    }
    expect(codes(talk.endsAt(30).judge())).not.toContain(CODE);
  });
});
