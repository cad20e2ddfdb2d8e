import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import {
  accusations,
  BEHIND_NAT,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainMode,
  mainModeUp,
  opens,
  quickModeUp,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
  SMALLEST_ANSWER,
  type SuiteName,
  traffic,
  transaction,
} from "../support/scenario/index.js";

const CODE = "authentication-rejected-by-initiator";

describe(CODE, () => {
  it("fires where one notify follows the whole answer at once, and nothing else does", () => {
    const talk = scenario();
    setsUp(talk);
    const [objection] = talk.at(0.16).initiator.sends(informational({ inner: 8 }));
    talk.at(0.2).responder.sends(informationalAnswer());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([4, objection?.number]);
    expect(faults(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("failing");
  });

  it.each(["gcm", "cbc"] satisfies SuiteName[])("is likely where each attempt ends so, under %s", (suite) => {
    const talk = scenario({ suite });
    for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
      setsUp(talk, { from: index * 5, sa });
      talk.at(index * 5 + 0.3).initiator.sends(informational({ inner: 8, sa }));
    }
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is likely where the capture ends right behind the last of several attempts that end so", () => {
    const attempts = (lengths: readonly number[]): Judgement => {
      const talk = scenario();
      for (const [index, inner] of lengths.entries()) {
        const sa = index === 0 ? talk.sa : talk.newSa();
        setsUp(talk, { from: index * 10, sa });
        talk.at(index * 10 + 0.3).initiator.sends(informational({ inner, sa }));
      }
      return talk.endsAt(lengths.length * 10 - 9).judge();
    };
    expect(finding(attempts([8, 8, 8]), CODE).confidence).toBe("likely");
    expect(attempts([8, 8, 8]).status).toBe("failing");
    // The last one may be about something else.
    expect(attempts([8, 8, 16]).status).toBe("suspected");
    // One alone, so long behind the answer, may be an update of addresses.
    expect(attempts([8]).status).toBe("up");
  });

  it("counts from the answer that arrives, where an earlier one was lost", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1, 4.1).initiator.sends(ikeAuth());
    talk.at(0.15, 4.15).responder.sends(ikeAuthAnswer());
    talk.at(4.16).initiator.sends(informational({ inner: 8 }));
    talk.at(4.2).responder.sends(informationalAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("failing");
  });

  it("names a Child SA that is deleted alone where the cipher does not tell the two apart", () => {
    const rivals = (suite: SuiteName): readonly string[] => {
      const talk = scenario({ suite });
      setsUp(talk);
      talk.at(0.16).initiator.sends(informational({ inner: INNER.deleteEsp }));
      talk.at(0.17).responder.sends(informationalAnswer({ inner: INNER.deleteEsp }));
      const judgement = talk.endsAt(60).judge();
      return judgement.findings.flatMap(({ code, rivals: open }) => [code, ...open.map((one) => one.code)]);
    };
    expect(rivals("cbc")).toEqual(expect.arrayContaining([CODE, "child-rejected"]));
    // Under 3DES an empty answer is a block shorter, and under AES-GCM each byte tells.
    for (const suite of ["gcm", "tripleDes"] as const) {
      expect(rivals(suite)).toContain("child-rejected");
      expect(rivals(suite)).not.toContain(CODE);
    }
  });

  it("is told under 3DES where the answer is as short as that to Delete of the IKE SA", () => {
    const talk = scenario({ suite: "tripleDes" });
    setsUp(talk);
    talk.at(0.16).initiator.sends(informational({ inner: INNER.deleteIke }));
    talk.at(0.17).responder.sends(informationalAnswer());
    expect(faults(talk.endsAt(60).judge())).toEqual([CODE]);
  });

  it("is suspected far from the initiator too, where the capture holds IKE only and the way there takes long", () => {
    const talk = scenario({ floats: true });
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.12).responder.sends(ikeSaInitAnswer());
    talk.at(0.36).initiator.sends(ikeAuth());
    talk.at(0.48).responder.sends(ikeAuthAnswer());
    talk.at(0.72).initiator.sends(informational({ inner: 8 }));
    talk.at(0.84).responder.sends(informationalAnswer());
    expect(finding(talk.judge(), CODE)).toMatchObject({ severity: "critical", confidence: "possible" });
  });

  it("is a warning where a later setup works", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(0.16).initiator.sends(informational({ inner: 8 }));
    setsUp(talk, { from: 10, sa: talk.newSa() });
    expect(finding(talk.endsAt(60).judge(), CODE).severity).toBe("warning");
  });

  it("stays silent on an orderly delete, on traffic, on keepalives and on address updates", () => {
    const orderly = scenario();
    setsUp(orderly);
    orderly.at(3).initiator.sends(informational({ inner: 8 }));
    const carries = scenario();
    setsUp(carries);
    traffic(carries, 0.16, 1.2);
    carries.at(0.18).initiator.sends(informational({ inner: 8 }));
    const empty = scenario();
    setsUp(empty);
    empty.at(0.16).initiator.sends(informational({ inner: 0 }));
    const mobike = scenario();
    setsUp(mobike);
    mobike.at(0.16).initiator.sends(informational({ inner: 72 }));
    const underCbc = scenario({ suite: "cbc" });
    setsUp(underCbc);
    // strongSwan's MOBIKE update came 96 ms after the response; under CBC it is as long as a refusal.
    underCbc.at(0.25).initiator.sends(informational({ inner: 0 }));
    for (const talk of [orderly, carries, empty, mobike, underCbc]) {
      expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
    }
  });

  it("stays silent on a tunnel that is ended after 227 ms and set up again, where the capture holds IKE only", () => {
    const ended = scenario({ floats: true });
    setsUp(ended);
    ended.at(0.38).initiator.sends(informational({ inner: 8 }));
    ended.at(0.4).responder.sends(informationalAnswer());
    setsUp(ended, { from: 2.3, sa: ended.newSa() });
    expect(codes(ended.judge())).not.toContain(CODE);
  });

  it("stays silent where the IKE SA lives on, and only suspects where the capture ends with the notify", () => {
    const lives = scenario();
    setsUp(lives);
    lives.at(0.16).initiator.sends(informational({ inner: 8 }));
    lives.at(20).initiator.sends(informational({ id: 3 }));
    lives.at(20.1).responder.sends(informationalAnswer({ id: 3 }));
    expect(codes(lives.endsAt(60).judge())).not.toContain(CODE);
    const short = scenario();
    setsUp(short);
    short.at(0.16).initiator.sends(informational({ inner: 8 }));
    const judgement = short.endsAt(1).judge();
    expect(codes(judgement)).toContain(CODE);
    expect(judgement.status).toBe("suspected");
  });

  it.each([
    ["ends at once: the older phase 1 may be renewed, whose Child SAs live on", 10.4, true, []],
    ["goes on without ESP", 14, true, [CODE]],
    ["ends at once, and no tunnel was there before", 10.4, false, [CODE]],
  ])(
    "after Main Mode 6 and an INFORMATIONAL of the initiator where the capture %s",
    (_name, end, isUp, found) => {
      const talk = scenario();
      const sa = talk.newSa();
      if (isUp) {
        mainModeUp(talk);
        quickModeUp(talk, { from: 0.4 });
        traffic(talk, 1, 10);
      }
      mainModeUp(talk, { from: 10, sa });
      talk.at(10.3).initiator.sends(informationalV1({ sa }));
      expect(codes(talk.endsAt(end).judge()).filter((code) => code === CODE)).toEqual(found);
    },
  );

  it("suspects a client that ends an IKEv1 SA instead of its XAUTH answer, where the gateway does not ask again", () => {
    const judgement = hybrid(0.32).endsAt(8).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", phase: "MAIN_MODE" });
    expect(judgement.status).toBe("suspected");
    // However long that lasts: the user may still type, and INITIAL-CONTACT is as long as Delete.
    expect(hybrid(0.32).endsAt(60).judge().status).toBe("suspected");
  });

  it("stays silent where that may be INITIAL-CONTACT of a client that waits for its user", () => {
    const asksAgain = hybrid(0.32);
    asksAgain.at(4.3).responder.sends(transaction());
    const answers = hybrid(0.32);
    answers.at(3).initiator.sends(transaction());
    for (const talk of [
      hybrid(0.32).endsAt(3),
      asksAgain.endsAt(30),
      answers.endsAt(30),
      hybrid(2).endsAt(30),
    ]) {
      expect(codes(talk.judge())).not.toContain(CODE);
    }
  });
});

/** Main mode, the gateway's XAUTH request at once, and an INFORMATIONAL of the client. */
function hybrid(objection: number): Scenario {
  const talk = scenario();
  mainModeUp(talk);
  talk.at(0.29).responder.sends(transaction());
  talk.at(objection).initiator.sends(informationalV1());
  return talk;
}

describe("setups that the initiator leaves without a word", () => {
  /** Setups at these times; `between` adds to each. */
  const leaves = (
    times: readonly number[],
    between: (talk: Scenario, at: number, index: number, sa: Scenario["sa"]) => void = () => undefined,
  ): ReturnType<Scenario["judge"]> => {
    const talk = scenario();
    for (const [index, from] of times.entries()) {
      const sa = index === 0 ? talk.sa : talk.newSa();
      setsUp(talk, { from, sa });
      between(talk, from, index, sa);
    }
    return talk.endsAt((times.at(-1) ?? 0) + 20).judge();
  };

  it("are suspected where three with equal requests follow one another, at once and after a longer pause", () => {
    const judgement = leaves([0, 0.3, 5.5]);
    expect(finding(judgement, CODE)).toMatchObject({
      severity: "critical",
      confidence: "possible",
      phase: "IKE_AUTH",
    });
    expect(judgement.status).toBe("suspected");
    expect(judgement.headline).toContain("does not go on after the IKE_AUTH response, in 3 setups");
  });

  it("may have unanswered liveness checks of the responder behind them", () => {
    const checked = leaves([0, 6, 18], (talk, at, _index, sa) =>
      talk.at(at + 2).responder.sends(informational({ sa, id: 0 })),
    );
    expect(codes(checked)).toContain(CODE);
  });

  it.each([
    ["two", [0, 5]],
    ["connections that are loaded together", [0, 0.3, 0.6, 0.9]],
    ["setups at one interval", [0, 5, 10, 15]],
  ])("are not told of %s", (_name, times) => {
    expect(codes(leaves(times))).not.toContain(CODE);
  });

  it("are not told of setups minutes apart if the capture may leave ESP out", () => {
    const apart = (isArpSeen: boolean): readonly string[] => {
      const talk = scenario();
      for (const [index, from] of [0, 40, 120].entries())
        setsUp(talk, { from, sa: index === 0 ? talk.sa : talk.newSa() });
      return codes((isArpSeen ? talk.endsAt(140) : talk).judge());
    };
    expect(apart(true)).toContain(CODE);
    expect(apart(false)).not.toContain(CODE);
  });

  it("are not told where one of them is used, or has other requests", () => {
    const answered = leaves([0, 5, 15], (talk, at, index, sa) => {
      if (index !== 1) return;
      talk.at(at + 1).responder.sends(informational({ sa, id: 0 }));
      talk.at(at + 1.1).initiator.sends(informationalAnswer({ sa, id: 0 }));
    });
    const carrying = leaves([0, 5, 15], (talk, at, index) => {
      if (index === 2) traffic(talk, at + 1, at + 8);
    });
    for (const judgement of [answered, carrying]) expect(codes(judgement)).not.toContain(CODE);

    const others = scenario();
    for (const [index, inner] of [180, 200, 220].entries()) {
      const sa = index === 0 ? others.sa : others.newSa();
      opens(others, { from: index ** 2 * 5, sa });
      others.at(index ** 2 * 5 + 0.1).initiator.sends(ikeAuth({ sa, inner }));
      others.at(index ** 2 * 5 + 0.15).responder.sends(ikeAuthAnswer({ sa }));
    }
    expect(codes(others.endsAt(30).judge())).not.toContain(CODE);
  });
});

describe("Main Mode 6 that the initiator objects to", () => {
  /** Main Mode 5 and 6 at these times, `wait` after each Main Mode 6 an INFORMATIONAL of the initiator. */
  const objects = (wait: number | null, announces?: number): ReturnType<Scenario["judge"]> => {
    const talk = scenario();
    for (const [index, number] of ([1, 2, 3, 4] as const).entries()) {
      talk.at(index * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
    }
    for (const [index, at] of [0.1, 0.6, 1.6, 3.6].entries()) {
      talk.at(at).initiator.sends(mainMode(5));
      talk.at(at + 0.02).responder.sends(mainMode(6));
      if (announces !== undefined && index === 0)
        talk.at(at + 0.05).responder.sends(informationalV1({ messageId: 0x200, length: announces }));
      if (wait !== null)
        talk.at(at + 0.02 + wait).initiator.sends(informationalV1({ messageId: 0x100 + index }));
    }
    return talk.endsAt(30).judge();
  };

  it("arrives: the initiator refuses it, and no response is lost, though it repeats its request", () => {
    const judgement = objects(0.08);
    expect(finding(judgement, CODE)).toMatchObject({
      severity: "critical",
      confidence: "likely",
      phase: "MAIN_MODE",
    });
    expect(faults(judgement)).toEqual([CODE]);
    expect(judgement.headline).toContain("192.0.2.10 objects to each copy of Main Mode 6");
  });

  it("is refused as well where the responder announces itself first, as racoon does", () => {
    expect(faults(objects(0.08, 80))).toEqual([CODE]);
  });

  it("does not arrive where the initiator says nothing", () => {
    expect(faults(objects(null))).toEqual(["ike-response-lost"]);
  });

  it("is refused where the responder deletes in turn, and not where it answers a liveness check", () => {
    const met = (length: number, answer: number): readonly string[] => {
      const talk = scenario();
      mainModeUp(talk);
      talk.at(0.285).initiator.sends(informationalV1({ length }));
      talk.at(0.29).responder.sends(informationalV1({ length: answer }));
      return codes(talk.endsAt(30).judge());
    };
    expect(met(108, 92)).toContain(CODE);
    expect(met(92, 92)).not.toContain(CODE);
  });
});

/** An answer with a certificate, as that of a gateway to an EAP client. */
const WITH_CERTIFICATE = 1300;
/** Both sides have certificates. */
const BOTH: Left = { asked: WITH_CERTIFICATE };

interface Left {
  readonly inner?: number;
  /** Payloads of the requests, bytes; by default without room for a certificate, as those of an EAP client. */
  readonly asked?: number;
  readonly every?: number;
  readonly options?: ScenarioOptions;
}

/** Setups in a row, nothing behind the answer of each; the capture holds other packets too. */
function leavesWhole(
  count: number,
  { inner = WITH_CERTIFICATE, asked, every = 25, options = { floats: true } }: Left = {},
): Scenario {
  const talk = scenario(options);
  for (let index = 0; index < count; index += 1) {
    const [from, sa] = [index * every, index === 0 ? talk.sa : talk.newSa()];
    opens(talk, { from, sa });
    talk.at(from + 0.1).initiator.sends(ikeAuth({ sa, ...(asked === undefined ? {} : { inner: asked }) }));
    talk.at(from + 0.2).responder.sends(ikeAuthAnswer({ sa, inner }));
  }
  return talk;
}

describe("an initiator that leaves whole answers without a word", () => {
  it.each([
    ["three with certificates", 3, { asked: WITH_CERTIFICATE }],
    ["three with certificates in the answers alone", 3, {}],
    ["five without", 5, { inner: SMALLEST_ANSWER }],
  ])("is suspected after %s", (_, count, left) => {
    const judgement = leavesWhole(count, left)
      .endsAt(count * 25)
      .judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "IKE_AUTH" });
    expect(judgement.status).toBe("suspected");
  });

  it("is suspected behind NAT after three equal ones without, as of iOS that EAP brings no certificate", () => {
    const judgement = leavesWhole(3, { inner: 150, every: 40, options: BEHIND_NAT }).endsAt(130).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(judgement.status).toBe("suspected");
  });

  it.each<[string, Scenario]>([
    ["two of them", leavesWhole(2, { inner: 150, every: 40, options: BEHIND_NAT }).noise(130)],
    ["three without NAT", leavesWhole(3, { inner: 150, every: 40 }).noise(130)],
    ["three far apart", leavesWhole(3, { inner: 150, every: 200, options: BEHIND_NAT }).noise(500)],
    [
      "IKE alone, as a display filter leaves it",
      leavesWhole(3, { inner: 150, every: 40, options: BEHIND_NAT }),
    ],
  ])("is not accused behind NAT without certificates after %s", (_, talk) => {
    expect(codes(talk.judge())).not.toContain(CODE);
  });

  it("is not accused behind NAT where the requests differ, as of several connections, or the last one carries ESP", () => {
    const others = scenario(BEHIND_NAT);
    for (const [index, inner] of [220, 240, 260].entries()) {
      const [from, sa] = [index * 40, index === 0 ? others.sa : others.newSa()];
      opens(others, { from, sa });
      others.at(from + 0.1).initiator.sends(ikeAuth({ sa, inner }));
      others.at(from + 0.2).responder.sends(ikeAuthAnswer({ sa, inner: 150 }));
    }
    const carries = leavesWhole(3, { inner: 150, every: 40, options: BEHIND_NAT });
    traffic(carries, 82, 90);
    for (const talk of [others, carries]) expect(codes(talk.endsAt(130).judge())).not.toContain(CODE);
  });

  it("fails after five with certificates", () => {
    expect(leavesWhole(5).endsAt(125).judge().status).toBe("failing");
  });

  it.each<[string, Scenario]>([
    ["two of them, as of a client that was restarted", leavesWhole(2, BOTH)],
    ["four without certificates", leavesWhole(4, { inner: SMALLEST_ANSWER })],
    ["setups at once, as of several connections", leavesWhole(5, { ...BOTH, every: 0.3 })],
    [
      "setups a few seconds apart, as of connections that come up in turn",
      leavesWhole(5, { ...BOTH, every: 4 }),
    ],
    ["setups far apart, as of lifetimes", leavesWhole(5, { ...BOTH, every: 600 })],
    ["setups a minute apart without certificates", leavesWhole(6, { inner: SMALLEST_ANSWER, every: 60 })],
  ])("is not accused after %s", (_, talk) => {
    expect(codes(talk.endsAt(2500).judge())).not.toContain(CODE);
  });

  it("is not accused where ESP follows the last answer", () => {
    const talk = leavesWhole(3);
    traffic(talk, 51, 60);
    expect(accusations(talk.endsAt(100).judge())).toEqual([]);
  });

  it("is not accused where the last IKE SA is used", () => {
    const talk = leavesWhole(4);
    const sa = talk.newSa();
    setsUp(talk, { from: 100, sa });
    talk.at(110).initiator.sends(informational({ id: 2, sa }));
    talk.at(110.1).responder.sends(informationalAnswer({ id: 2, sa }));
    expect(codes(talk.endsAt(200).judge())).not.toContain(CODE);
  });

  it("is not accused where it asks again, so that answers are lost", () => {
    const talk = scenario({ floats: true });
    for (let index = 0; index < 3; index += 1) {
      const [from, sa] = [index * 25, index === 0 ? talk.sa : talk.newSa()];
      opens(talk, { from, sa });
      talk.at(from + 0.1, from + 2, from + 6).initiator.sends(ikeAuth({ sa }));
      talk
        .at(from + 0.2, from + 2.1, from + 6.1)
        .responder.sends(ikeAuthAnswer({ sa, inner: WITH_CERTIFICATE }));
    }
    expect(codes(talk.endsAt(100).judge())).not.toContain(CODE);
  });
});

describe("one answer with certificates to a request without room for any", () => {
  it("is suspected to be refused where the client sends nothing for half a minute", () => {
    const judgement = leavesWhole(1).endsAt(40).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(judgement.status).toBe("suspected");
    expect(finding(judgement, CODE).rivals.map(({ code }) => code)).toEqual(["eap-stalled", "esp-absent"]);
  });

  it("leaves open whether EAP goes on, and is not called up, where the capture ends before", () => {
    const judgement = leavesWhole(1).endsAt(20).judge();
    expect(codes(judgement)).not.toContain(CODE);
    expect(judgement.status).toBe("nothing-to-judge");
    expect(judgement.headline).toContain("nothing follows round 1 of IKE_AUTH (EAP)");
  });

  it("is not suspected while the client keeps its port at the NAT device: it holds the IKE SA", () => {
    const talk = leavesWhole(1, { options: BEHIND_NAT });
    talk.at(20.2, 40.2).initiator.keepalive();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
    expect(codes(leavesWhole(1, { options: BEHIND_NAT }).endsAt(60).judge())).toContain(CODE);
  });

  it("is nothing where the next login works", () => {
    const talk = leavesWhole(1);
    setsUp(talk, { from: 40, sa: talk.newSa() });
    traffic(talk, 41, 50);
    const judgement = talk.endsAt(60).judge();
    expect(codes(judgement)).not.toContain(CODE);
    expect(judgement.status).toBe("healthy");
  });

  it.each([
    ["traffic", "healthy", (talk: Scenario) => traffic(talk, 1, 30)],
    [
      "a liveness check that is answered",
      "up",
      (talk: Scenario) => {
        talk.at(20).responder.sends(informational({ id: 0 }));
        talk.at(20.1).initiator.sends(informationalAnswer({ id: 0 }));
      },
    ],
  ])("is that of a pre-shared key where %s follows", (_name, status, follows) => {
    const talk = leavesWhole(1);
    follows(talk);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe(status);
  });

  it("is not told where the request has room for certificates too, or the capture may leave ESP out", () => {
    const both = scenario({ floats: true });
    opens(both);
    both.at(0.1).initiator.sends(ikeAuth({ inner: WITH_CERTIFICATE }));
    both.at(0.2).responder.sends(ikeAuthAnswer({ inner: WITH_CERTIFICATE }));
    const native = scenario();
    opens(native);
    native.at(0.1).initiator.sends(ikeAuth());
    native.at(0.2).responder.sends(ikeAuthAnswer({ inner: WITH_CERTIFICATE }));
    for (const talk of [both.endsAt(60), native]) expect(codes(talk.judge())).not.toContain(CODE);
    expect(both.judge().status).toBe("up");
  });
});
