import { describe, expect, it } from "vitest";
import {
  accusations,
  aggressiveMode,
  authRefusal,
  codes,
  createChild,
  createChildAnswer,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  mainModeUp,
  numbers,
  opens,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const accusesNobody = (name: string, tell: (talk: Scenario) => void): void => {
  it(name, () => {
    const talk = scenario();
    tell(talk);
    const judgement = talk.endsAt(300).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(["healthy", "up"]).toContain(judgement.status);
  });
};

describe("the life of a healthy tunnel accuses nobody", () => {
  accusesNobody("re-authentication, make before break", (talk) => {
    setsUp(talk);
    traffic(talk, 1, 60);
    setsUp(talk, { from: 50, sa: talk.newSa() });
    talk.at(51).initiator.sends(informational({ inner: 8 }));
    talk.at(51.1).responder.sends(informationalAnswer());
  });

  accusesNobody("re-authentication, break before make, started by the other side", (talk) => {
    setsUp(talk);
    traffic(talk, 1, 50);
    talk.at(51).initiator.sends(informational({ inner: 8 }));
    talk.at(51.1).responder.sends(informationalAnswer());
    setsUp(talk, { from: 52, sa: talk.newSa("responder") });
  });

  accusesNobody("a daemon that restarts and sets up anew", (talk) => {
    setsUp(talk);
    traffic(talk, 1, 30);
    setsUp(talk, { from: 40, sa: talk.newSa() });
    traffic(talk, 41, 60);
  });

  accusesNobody("300 setups in a row", (talk) => {
    for (let turn = 0; turn < 300; turn++) setsUp(talk, { from: turn, sa: talk.newSa() });
  });

  accusesNobody("3000 DPD exchanges of one IKE SA", (talk) => {
    setsUp(talk);
    for (let turn = 0; turn < 3000; turn++) {
      talk.at(1 + turn / 20).initiator.sends(informational({ id: 2 + turn }));
      talk.at(1.01 + turn / 20).responder.sends(informationalAnswer({ id: 2 + turn }));
    }
  });
});

const onlyWarns = (code: string, name: string, tell: (talk: Scenario) => void): void => {
  it(`${code}: ${name}`, () => {
    const talk = scenario();
    tell(talk);
    const judgement = talk.endsAt(300).judge();
    expect(accusations(judgement)).toEqual([code]);
    expect(judgement.status).toBe("degraded");
  });
};

describe("what works but is doubled is a warning and no fault", () => {
  onlyWarns("simultaneous-initiation", "two setups cross and both come up", (talk) => {
    const other = talk.newSa("responder");
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.01).responder.sends(ikeSaInit({ sa: other }));
    talk.at(0.05).responder.sends(ikeSaInitAnswer());
    talk.at(0.06).initiator.sends(ikeSaInitAnswer({ sa: other }));
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.11).responder.sends(ikeAuth({ sa: other }));
    talk.at(0.15).responder.sends(ikeAuthAnswer());
    talk.at(0.16).initiator.sends(ikeAuthAnswer({ sa: other }));
  });

  onlyWarns("rekey-collision", "rekeys of both sides cross", (talk) => {
    setsUp(talk);
    talk.at(100).initiator.sends(createChild({ id: 2 }));
    talk.at(100.01).responder.sends(createChild({ id: 0 }));
    talk.at(100.05).responder.sends(createChildAnswer({ id: 2 }));
    talk.at(100.06).initiator.sends(createChildAnswer({ id: 0 }));
  });
});

describe("simultaneous initiation of which one is dropped", () => {
  it("is no critical fault where the other one works", () => {
    const talk = scenario();
    const other = talk.newSa("responder");
    opens(talk);
    opens(talk, { from: 0.01, sa: other });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer());
    traffic(talk, 1, 60);
    const judgement = talk.endsAt(90).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).not.toBe("failing");
  });
});

describe("a failed re-authentication while the old SA still works", () => {
  it("is a warning as long as traffic flows behind it", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 100);
    const sa = talk.newSa();
    opens(talk, { from: 50, sa });
    talk.at(50.1).initiator.sends(ikeAuth({ sa }));
    talk.at(50.2).responder.sends(authRefusal({ sa }));
    const judgement = talk.endsAt(120).judge();
    expect(finding(judgement, "authentication-failed").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });
});

describe("a peer that tries for ever", () => {
  const attempts = (talk: Scenario, count: number): void => {
    for (let turn = 0; turn < count; turn++) {
      const begin = turn * 100;
      talk.at(begin, begin + 4, begin + 11).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    }
  };

  it("is not failing once it came up, however many attempts that took", () => {
    const talk = scenario();
    attempts(talk, 400);
    setsUp(talk, { from: 40_100, sa: talk.newSa() });
    const judgement = talk.endsAt(40_200).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });

  it("is failing where it came up long ago and has tried in vain since", () => {
    const talk = scenario();
    setsUp(talk, { from: -100 });
    attempts(talk, 400);
    expect(faults(talk.endsAt(40_100).judge())).toEqual(["ike-init-unanswered"]);
  });
});

describe("retransmissions", () => {
  it("warn where many requests had to be sent again, and name them", () => {
    const talk = scenario();
    const tries = talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
    talk.at(24.3).responder.sends(ikeSaInitAnswer());
    talk.at(24.4).initiator.sends(ikeAuth());
    talk.at(24.5).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "retransmissions");
    expect(found.severity).toBe("warning");
    expect(found.headline).toBe("1 of 2 exchanges was answered only after repeats");
    expect(found.summary).toContain(
      "Of 2 requests 1 was answered only after being sent again, 3 times in all.",
    );
    expect(numbers(tries)).toEqual(expect.arrayContaining(evidence(found)));
    expect(judgement.status).toBe("degraded");
  });

  it("only explain one lost packet", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit());
    talk.at(4.1).responder.sends(ikeSaInitAnswer());
    talk.at(4.2).initiator.sends(ikeAuth());
    talk.at(4.3).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "retransmissions").severity).toBe("info");
    expect(judgement.status).toBe("up");
  });

  it.each([
    ["are none where each try is answered, late, as over a satellite", [0.7, 1.2], []],
    ["warn where one answer comes behind several tries", [0.7], ["retransmissions"]],
  ])("%s", (_name, answers, wanted) => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    for (let id = 2; id < 12; id++) {
      talk.at(id * 10, id * 10 + 0.5).initiator.sends(informational({ id }));
      talk.at(...answers.map((second) => id * 10 + second)).responder.sends(informationalAnswer({ id }));
    }
    expect(accusations(talk.endsAt(130).judge())).toEqual(wanted);
  });

  it.each([
    ["initiator", [4.1], "Captured near 192.0.2.10: the repeats leave there"],
    ["initiator", [3.9, 4.1], "Captured near 192.0.2.10: answers were repeated too and arrive there"],
    ["responder", [4.1], "Captured near 198.51.100.20: the repeats arrive there"],
    ["responder", [0.1, 4.1], "Captured near 198.51.100.20: answers were repeated too and leave there"],
    [undefined, [4.1], "between it and 198.51.100.20"],
    [undefined, [0.1, 4.1], "between it and 192.0.2.10"],
  ] as const)("say where they can be lost: near %s, answers at %j", (near, answers, said) => {
    const talk = scenario(near === undefined ? {} : { near });
    setsUp(talk);
    talk.at(10, 14).initiator.sends(informational());
    talk.at(...answers.map((second) => 10 + second)).responder.sends(informationalAnswer());
    talk.at(20).initiator.sends(informational({ id: 3 }));
    talk.at(20.1).responder.sends(informationalAnswer({ id: 3 }));
    expect(finding(talk.endsAt(60).judge(), "retransmissions").summary).toContain(said);
  });

  it("are no copies of a mirror port, and no disorder", () => {
    const talk = scenario({ keepsOrder: true });
    talk.at(0).initiator.sends(ikeSaInit(), { copies: 2 });
    talk.at(0.05).responder.sends(ikeSaInitAnswer(), { copies: 2 });
    talk.at(0.12).responder.sends(ikeAuthAnswer(), { copies: 2 });
    talk.at(0.11).initiator.sends(ikeAuth(), { copies: 2 });
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(codes(judgement)).not.toContain("retransmissions");
  });
});

describe("IKEv1 answers that were lost and given again", () => {
  it("are no fault where aggressive mode 3 follows", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(aggressiveMode(1));
    talk.at(0.1, 4.1, 11.1).responder.sends(aggressiveMode(2));
    talk.at(11.2).initiator.sends(aggressiveMode(3));
    quickModeUp(talk, { from: 12 });
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("are no fault where quick mode 3 follows", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12).initiator.sends(quickMode(1));
    talk.at(1.1, 5.1, 12.1).responder.sends(quickMode(2));
    talk.at(12.2).initiator.sends(quickMode(3));
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("a tunnel that ends in silence is not called healthy", () => {
  it.each([
    ["DPD", informational()],
    ["a rekey", createChild()],
  ])("where %s repeats to the end of the capture", (_name, request) => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 5);
    talk.at(10, 14, 21, 34).initiator.sends(request);
    expect(talk.endsAt(90).judge().status).not.toBe("healthy");
  });
});
