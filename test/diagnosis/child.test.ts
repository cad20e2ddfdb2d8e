import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { outcomeOf } from "../../src/report/outcome.js";
import {
  accusations,
  CHILD_REFUSED,
  codes,
  createChild,
  createChildAnswer,
  evidence,
  faults,
  finding,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainModeUp,
  numbers,
  ON_TRANSLATOR,
  opens,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
  type ScenarioOptions,
  setsUp,
  SMALLEST_ANSWER,
  traffic,
} from "../support/scenario/index.js";

/** Bytes of ciphertext of a notify that refuses, under AES-CBC with SHA2-256: HASH of 36, notify of 16, padded to 16. */
const REFUSAL = 64;

/** A notify without data, as TS_UNACCEPTABLE is. */
const SMALLEST_REFUSAL = 8;
/** Delete of one Child SA: header, protocol, SPI size and count, one SPI. */
const DELETE_CHILD = 12;

function childRefused(talk: Scenario) {
  opens(talk);
  const [request] = talk.at(0.1).initiator.sends(ikeAuth());
  const [answer] = talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: CHILD_REFUSED }));
  return { request, answer };
}

describe("child-rejected in IKEv2", () => {
  it("fires where the answer authenticates but has no room for a child, and DPD goes on", () => {
    const talk = scenario();
    const { request, answer } = childRefused(talk);
    talk.at(30).initiator.sends(informational());
    talk.at(30.1).responder.sends(informationalAnswer());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "child-rejected");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual(["child-rejected"]);
    expect(found.remedies.join(" ")).toContain("INTERNAL_ADDRESS_FAILURE");
  });

  it("tells of CREATE_CHILD_SA that asks again: no Child SA was there that it could renew", () => {
    const talk = scenario();
    childRefused(talk);
    const again = [5, 10].map((time, index) => {
      talk.at(time).initiator.sends(createChild({ id: 2 + index }));
      return talk
        .at(time + 0.1)
        .responder.sends(createChildAnswer({ id: 2 + index, inner: INNER.bareNotify }));
    });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "child-rejected");
    expect(found.summary).toContain("CREATE_CHILD_SA, which asks for it again, is refused too (2 times).");
    expect(evidence(found).at(-1)).toBe(again.at(-1)?.[0]?.number);
    expect(codes(judgement)).not.toContain("rekey-failed");
  });

  it("fires where only ESP of an older child is seen", () => {
    const talk = scenario();
    talk.at(-3, -2, -1, 5).initiator.esp({ spi: 0x01d00001 });
    talk.at(-2.9, -1.9, -0.9, 5.1).responder.esp({ spi: 0x01d00002 });
    childRefused(talk);
    expect(finding(talk.endsAt(60).judge(), "child-rejected")).toBeDefined();
  });

  it.each([0, 0.1, 1.5])(
    "needs no waiting: the length tells, where the capture ends %s s after the answer",
    (end) => {
      const talk = scenario();
      childRefused(talk);
      const judgement = talk.endsAt(0.2 + end).judge();
      expect(accusations(judgement)).toEqual(["child-rejected"]);
      expect(judgement.status).toBe("failing");
    },
  );

  it("stays silent where ESP follows", () => {
    const talk = scenario();
    childRefused(talk);
    traffic(talk, 1, 10);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  describe("where the initiator deletes the Child SA right after it was made", () => {
    /** A Child SA that the initiator deletes `wait` seconds after the answer; the answer has `inner` bytes. */
    function deletesChild(talk: Scenario, wait = 0.1, inner: number = DELETE_CHILD): void {
      setsUp(talk);
      talk.at(0.15 + wait).initiator.sends(informational({ id: 2, inner: DELETE_CHILD }));
      talk.at(0.2 + wait).responder.sends(informationalAnswer({ id: 2, inner }));
    }

    it("fires: the initiator does not accept what the responder chose", () => {
      const talk = scenario();
      deletesChild(talk);
      const judgement = talk.endsAt(1).judge();
      expect(finding(judgement, "child-rejected")).toMatchObject({
        severity: "critical",
        confidence: "likely",
      });
      expect(evidence(finding(judgement, "child-rejected"))).toEqual([4, 5, 6]);
      expect(judgement.status).toBe("failing");
    });

    it("stays silent about an announcement of an address, which is as long and whose answer is empty", () => {
      const talk = scenario();
      deletesChild(talk, 0.1, 0);
      expect(codes(talk.endsAt(1).judge())).not.toContain("child-rejected");
    });

    it("stays silent where the Child SA carried traffic, is made again, or is deleted later", () => {
      const busy = scenario();
      deletesChild(busy, 0.9);
      busy.at(0.3).initiator.esp();
      busy.at(0.31).responder.esp();
      expect(accusations(busy.endsAt(2).judge())).toEqual([]);
      const again = scenario();
      deletesChild(again);
      again.at(0.5).initiator.sends(createChild({ id: 3 }));
      again.at(0.6).responder.sends(createChildAnswer({ id: 3 }));
      expect(accusations(again.endsAt(2).judge())).toEqual([]);
      const late = scenario();
      deletesChild(late, 5);
      expect(accusations(late.endsAt(8).judge())).toEqual([]);
    });

    it("stays silent where another IKE SA of the peers is up: of two that were made at once, one loses its Child SA", () => {
      const talk = scenario();
      setsUp(talk, { from: -0.1, sa: talk.newSa("responder") });
      deletesChild(talk);
      expect(accusations(talk.endsAt(8).judge())).toEqual(["simultaneous-initiation"]);
    });

    it("fires where a further Child SA that it asks for is refused too", () => {
      const talk = scenario();
      deletesChild(talk);
      talk.at(0.5).initiator.sends(createChild({ id: 3 }));
      talk.at(0.6).responder.sends(createChildAnswer({ id: 3, inner: SMALLEST_REFUSAL }));
      expect(codes(talk.endsAt(8).judge())).toContain("child-rejected");
    });

    it("stays silent under a block cipher, where a liveness check is as long", () => {
      const talk = scenario({ suite: "cbc" });
      deletesChild(talk);
      expect(accusations(talk.endsAt(1).judge())).toEqual([]);
    });
  });

  it("stays silent where a child is made afterwards", () => {
    const talk = scenario();
    childRefused(talk);
    talk.at(5).initiator.sends(createChild());
    talk.at(5.1).responder.sends(createChildAnswer());
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("stays silent where the capture ends in the middle of EAP, after a challenge", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth({ id: 1 }));
    talk.at(0.2).responder.sends(ikeAuthAnswer({ id: 1, inner: 1200 }));
    talk.at(0.3).initiator.sends(ikeAuth({ id: 2, inner: 20 }));
    talk.at(0.4).responder.sends(ikeAuthAnswer({ id: 2, inner: 45 }));
    for (const [end, told] of [
      [0.5, []],
      [30, ["eap-stalled"]],
    ] as const) {
      const judgement = talk.endsAt(end).judge();
      expect(accusations(judgement)).toEqual(told);
      expect(judgement.status).toBe("nothing-to-judge");
    }
  });

  it("fires where the answer behind EAP has no room for a child", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth({ id: 1 }));
    talk.at(0.2).responder.sends(ikeAuthAnswer({ id: 1, inner: 1200 }));
    talk.at(0.3).initiator.sends(ikeAuth({ id: 2, inner: 20 }));
    talk.at(0.4).responder.sends(ikeAuthAnswer({ id: 2, inner: INNER.eapSuccess }));
    talk.at(0.5).initiator.sends(ikeAuth({ id: 3, inner: INNER.auth }));
    talk.at(0.6).responder.sends(ikeAuthAnswer({ id: 3, inner: INNER.auth + INNER.bareNotify }));
    expect(faults(talk.endsAt(30).judge())).toEqual(["child-rejected"]);
  });

  it("is a warning where a later setup gets its child", () => {
    const talk = scenario();
    childRefused(talk);
    setsUp(talk, { from: 20, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "child-rejected").severity).toBe("warning");
  });

  it("stays silent where the answer is padded beyond a refusal's size", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: SMALLEST_ANSWER, padTo: 16 }));
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("child-rejected in IKEv1", () => {
  it("fires where quick mode 1 is met by INFORMATIONAL", () => {
    const talk = scenario();
    mainModeUp(talk);
    const tries = talk.at(1, 5, 12).initiator.sends(quickMode(1));
    const [refusal] = talk.at(1.1).responder.sends(informationalV1());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "child-rejected");
    expect(found).toMatchObject({ severity: "critical", phase: "QUICK_MODE" });
    expect(evidence(found)).toEqual(expect.arrayContaining([tries[0]?.number, refusal?.number]));
    expect(faults(judgement)).toEqual(["child-rejected"]);
  });

  it("fires where the asker answers the refusal with a Delete of the same length", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    const [refusal] = talk.at(1.05).responder.sends(informationalV1({ length: 48 }));
    talk.at(1.06).initiator.sends(informationalV1({ length: 48 }));
    talk.at(1.06).initiator.sends(informationalV1({ length: 64 }));
    const judgement = talk.endsAt(60).judge();
    expect(evidence(finding(judgement, "child-rejected"))).toContain(refusal?.number);
    expect(faults(judgement)).toEqual(["child-rejected"]);
  });

  it("only suspects where an INFORMATIONAL comes just before quick mode 2 and the capture ends between them", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    talk.at(1.01).responder.sends(informationalV1({ length: REFUSAL }));
    const judgement = talk.endsAt(1.02).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("suspected");
  });

  it.each([
    [1.02, "nothing-to-judge"],
    [60, "failing"],
  ] as const)(
    "leaves the first INFORMATIONAL to INITIAL-CONTACT, which is as long, until quick mode 2 is due (%d s: %s)",
    (end, status) => {
      const talk = scenario();
      mainModeUp(talk);
      talk.at(1).initiator.sends(quickMode(1));
      talk.at(1.01).responder.sends(informationalV1());
      expect(talk.endsAt(end).judge().status).toBe(status);
    },
  );

  it("takes for the refusal what follows INITIAL-CONTACT, as racoon sends them", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    talk.at(1.1).responder.sends(informationalV1());
    const [refusal] = talk.at(1.4).responder.sends(informationalV1({ length: REFUSAL }));
    const judgement = talk.endsAt(2).judge();
    expect(judgement.status).toBe("suspected");
    expect(evidence(finding(judgement, "child-rejected"))).toContain(refusal?.number);
  });

  it("stays silent where the responder's DPD falls between a lost quick mode 1 and its repeat", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5).initiator.sends(quickMode(1));
    talk.at(3).responder.sends(informationalV1());
    talk.at(3.05).initiator.sends(informationalV1());
    talk.at(5.1).responder.sends(quickMode(2));
    talk.at(5.2).initiator.sends(quickMode(3));
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("stays silent where the first quick mode is refused and another one is taken", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1, { messageId: 1 }));
    talk.at(1.1).responder.sends(informationalV1());
    quickModeUp(talk, { from: 2 }, 2);
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("child-rejected of one of several IKEv1 Child SAs", () => {
  /** ESP both ways, whose SPIs no other Child SA has. */
  function esp(talk: Scenario, number: number, from: number): void {
    talk.at(from, from + 0.1).initiator.esp({ spi: 0xc1000000 + number });
    talk.at(from + 0.02, from + 0.12).responder.esp({ spi: 0xc2000000 + number });
  }

  /** The first of three quick modes is taken, the second refused, and the third, `pause` later, taken. */
  function secondRefused(pause: number, options: ScenarioOptions = {}): Scenario {
    const talk = scenario(options);
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 }, 1);
    esp(talk, 1, 1.2);
    talk.at(1.5).initiator.sends(quickMode(1, { messageId: 2 }));
    talk.at(1.51).responder.sends(informationalV1());
    quickModeUp(talk, { from: 1.51 + pause }, 3);
    esp(talk, 3, 1.71 + pause);
    return talk.endsAt(60);
  }

  it("fires, as a warning, though the next one asked for at once carries traffic", () => {
    const judgement = secondRefused(0.1).judge();
    expect(finding(judgement, "child-rejected")).toMatchObject({
      severity: "warning",
      phase: "QUICK_MODE",
      headline: "198.51.100.20 refuses 1 of 3 Child SAs after the setup; 2 accepted",
    });
    expect(judgement.status).toBe("degraded");
  });

  it("fires also where the capture shows each packet on both sides of a NAT device", () => {
    const judgement = secondRefused(0.1, ON_TRANSLATOR).judge();
    expect(finding(judgement, "child-rejected")).toMatchObject({ severity: "warning", phase: "QUICK_MODE" });
    expect(judgement.status).toBe("degraded");
  });

  it.each([
    [
      "fires though a Child SA in use is renewed later, by either side: its ESP moves",
      false,
      ["child-rejected"],
    ],
    ["stays silent where the one in use goes on beside the new one", true, []],
  ])("%s", (_name, goesOn, found) => {
    for (const side of ["initiator", "responder"] as const) {
      const talk = scenario();
      const other = side === "initiator" ? "responder" : "initiator";
      mainModeUp(talk);
      quickModeUp(talk, { from: 1 }, 1);
      for (let at = 1.2; at < (goesOn ? 20 : 9.9); at += 0.5) esp(talk, 1, at);
      talk.at(4).initiator.sends(quickMode(1, { messageId: 2 }));
      talk.at(4.01).responder.sends(informationalV1());
      talk.at(10)[side].sends(quickMode(1, { messageId: 3 }));
      talk.at(10.05)[other].sends(quickMode(2, { messageId: 3 }));
      talk.at(10.1)[side].sends(quickMode(3, { messageId: 3 }));
      for (let at = 10.3; at < 20; at += 0.5) esp(talk, 3, at);
      expect(accusations(talk.endsAt(60).judge())).toEqual(found);
    }
  });

  it.each([
    ["at one place", {}],
    ["on both sides of a NAT device", ON_TRANSLATOR],
  ])(
    "stays silent where the one that carries traffic may be the same, asked for again after a change, seen %s",
    (_, options) => {
      const judgement = secondRefused(8, options).judge();
      expect(accusations(judgement)).toEqual([]);
      expect(judgement.status).toBe("healthy");
    },
  );
});

describe("child-rejected in an IKEv1 capture that begins with the quick mode of a rekey", () => {
  /** Quick mode 1 met by INFORMATIONAL, and ESP both ways behind it whose numbers begin with `sequence`. */
  function refused(sequence: number): Scenario {
    const talk = scenario();
    talk.at(1).initiator.sends(quickMode(1));
    talk.at(1.02).responder.sends(informationalV1());
    talk.at(2, 3, 4).initiator.esp({ spi: 0xa1, sequence });
    talk.at(2.02, 3.02, 4.02).responder.esp({ spi: 0xb1, sequence });
    return talk.endsAt(30);
  }

  it("fires, as a warning, where the Child SA before goes on", () => {
    const judgement = refused(40).judge();
    expect(finding(judgement, "child-rejected")).toMatchObject({ severity: "warning", phase: "QUICK_MODE" });
    expect(judgement.status).toBe("degraded");
  });

  it("stays silent where the Child SA that carries traffic is new", () => {
    const judgement = refused(1).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });
});

describe("child-rejected where the capture does not hold the algorithms", () => {
  /** Two setups of which only IKE_AUTH is there, as a filter on UDP 4500 leaves it; the first one works. */
  function twoSetups(inner: number): Scenario {
    const talk = scenario({ floats: true });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 208 }));
    traffic(talk, 1, 5);
    const sa = talk.newSa();
    talk.at(6.1).initiator.sends(ikeAuth({ sa }));
    talk.at(6.2).responder.sends(ikeAuthAnswer({ sa, inner }));
    return talk;
  }

  it.each([
    ["fires where the checks tell how little the answer can hold", 88, true, ["child-rejected"]],
    ["stays silent without checks", 88, false, []],
    ["stays silent where the shortest whole answer would fit", SMALLEST_ANSWER, true, []],
  ] as const)("%s", (_, inner, checks, wanted) => {
    const talk = scenario({ floats: true, suite: "cbc" });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer({ inner }));
    if (checks)
      for (const id of [2, 3]) {
        talk.at(id * 10).initiator.sends(informational({ id }));
        talk.at(id * 10 + 0.1).responder.sends(informationalAnswer({ id }));
      }
    expect(faults(talk.endsAt(60).judge())).toEqual(wanted);
  });

  it("is possible where the answer is shorter by SA and selectors than that of another setup", () => {
    const found = finding(twoSetups(120).endsAt(7).judge(), "child-rejected");
    expect(found).toMatchObject({ confidence: "possible", phase: "IKE_AUTH" });
  });

  it("is possible where the answer has the error notify in their place", () => {
    expect(finding(twoSetups(136).endsAt(7).judge(), "child-rejected").confidence).toBe("possible");
  });

  it("stays silent where it is shorter by less, or ESP of it follows", () => {
    expect(faults(twoSetups(140).endsAt(7).judge())).toEqual([]);
    const talk = twoSetups(120);
    talk.at(6.5, 7).initiator.esp({ spi: 0xc1000002 });
    talk.at(6.52, 7.02).responder.esp({ spi: 0xc2000002 });
    expect(faults(talk.endsAt(8).judge())).toEqual([]);
  });
});

describe("child-rejected by comparison with other clients of the responder", () => {
  const ESP_SPIS = [0x0a000001, 0x0b000001] as const;

  /** Of each only IKE_AUTH is there; `answers`: bytes of payloads in it, and whether traffic follows. */
  function hub(
    ...answers: readonly { readonly inner: number; readonly works: boolean; readonly asks?: number }[]
  ) {
    const talk = scenario({ floats: true });
    for (const [index, { inner, works, asks = 180 }] of answers.entries()) {
      const client = talk.host(`192.0.2.${20 + index}`);
      const sa = talk.newSa();
      talk.between(client, talk.responder, index + 0.1).sends(ikeAuth({ sa, inner: asks }));
      talk.between(talk.responder, client, index + 0.2).sends(ikeAuthAnswer({ sa, inner }));
      if (!works) continue;
      talk.between(client, talk.responder, index + 0.5).esp({ spi: ESP_SPIS[0] + index });
      talk.between(talk.responder, client, index + 0.6).esp({ spi: ESP_SPIS[1] + index });
    }
    return talk.endsAt(60).judge();
  }
  const good = { inner: 208, works: true };

  it("is possible where one answer lacks SA and selectors", () => {
    const judgement = hub(good, good, { inner: 136, works: false });
    expect(finding(judgement, "child-rejected")).toMatchObject({ confidence: "possible", phase: "IKE_AUTH" });
    expect(judgement.status).toBe("suspected");
  });

  it.each([
    ["identities of other lengths", [good, { inner: 170, works: false, asks: 150 }]],
    ["an answer that is shorter by less", [good, { inner: 140, works: false }]],
    [
      "a request of another kind",
      [
        { ...good, asks: 400 },
        { inner: 120, works: false },
      ],
    ],
    [
      "clients that get a virtual address and lists of names, beside one that asks for none",
      [
        { inner: 320, works: true, asks: 200 },
        { inner: 320, works: true, asks: 200 },
        { inner: 208, works: false },
      ],
    ],
    ["clients that work with as little", [good, { inner: 130, works: true }, { inner: 120, works: false }]],
    [
      "clients none of which has traffic",
      [
        { inner: 208, works: false },
        { inner: 120, works: false },
      ],
    ],
  ])("stays silent with %s", (_, answers) => {
    expect(accusations(hub(...answers)).filter((code) => code === "child-rejected")).toEqual([]);
  });
});

describe("child-rejected by comparison with other clients of the responder under the same suite", () => {
  interface Client {
    /** Bytes of payloads in the answer: with a certificate of 700 bytes. */
    readonly inner: number;
    readonly works: boolean;
  }

  function hub(clients: readonly Client[], fragments?: { readonly last: number }) {
    const talk = scenario({ floats: true });
    for (const [index, { inner, works }] of clients.entries()) {
      const client = talk.host(`192.0.2.${20 + index}`);
      const sa = talk.newSa();
      const at = (second: number) => talk.between(client, talk.responder, index + second);
      const back = (second: number) => talk.between(talk.responder, client, index + second);
      at(0.01).sends(ikeSaInit({ sa }));
      back(0.02).sends(ikeSaInitAnswer({ sa }));
      at(0.1).sends(ikeAuth({ sa, inner: 900 }));
      if (fragments === undefined) back(0.2).sends(ikeAuthAnswer({ sa, inner }));
      else
        for (const part of fragmented(35, true, 2, { sa, last: works ? 200 : fragments.last }))
          back(0.2).sends(part);
      at(20).sends(informational({ sa, id: 2 }));
      back(20.1).sends(informationalAnswer({ sa, id: 2 }));
      if (!works) continue;
      at(0.5).esp({ spi: 0x0a000001 + index });
      back(0.6).esp({ spi: 0x0b000001 + index });
    }
    return talk.endsAt(60).judge();
  }
  const good = { inner: 900, works: true };
  const refused = { inner: 824, works: false };

  it("is possible where one of three answers lacks SA and selectors, and checks are answered", () => {
    const judgement = hub([good, refused, good]);
    expect(finding(judgement, "child-rejected")).toMatchObject({ confidence: "possible", phase: "IKE_AUTH" });
    expect(judgement.status).toBe("suspected");
  });

  it("is possible in IKE fragments", () => {
    expect(codes(hub([good, good, refused], { last: 124 }))).toContain("child-rejected");
    expect(codes(hub([good, good, refused], { last: 160 }))).not.toContain("child-rejected");
  });

  it.each([
    ["an answer that is shorter by less", [good, good, { ...refused, inner: 832 }]],
    ["an answer that lacks a certificate too", [good, good, { ...refused, inner: 700 }]],
    ["one other client, which may be of another kind", [good, refused]],
    ["clients that work with as little", [good, good, { inner: 830, works: true }, refused]],
    ["clients none of which has traffic", [{ ...good, works: false }, { ...good, works: false }, refused]],
  ])("stays silent with %s", (_, clients) => {
    expect(codes(hub(clients))).not.toContain("child-rejected");
  });
});

describe("the outcome of requests that are refused", () => {
  const outcomes = (talk: Scenario, type: number): string[] =>
    talk
      .endsAt(120)
      .judge()
      .tunnels.flatMap(({ setups, told }) =>
        setups.flatMap(({ sa }) =>
          sa.exchanges
            .filter(({ exchangeType }) => exchangeType === type)
            .map((exchange) => outcomeOf(exchange, told)),
        ),
      );

  it("is told of each quick mode, though the finding cites the last ones", () => {
    const talk = scenario();
    for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
      const from = index * 30;
      mainModeUp(talk, { from, sa });
      talk.at(from + 1).initiator.sends(quickMode(1, { sa }));
      talk.at(from + 1.1).responder.sends(informationalV1({ sa, length: REFUSAL }));
    }
    expect(outcomes(talk, 32)).toEqual(["refused", "refused", "refused"]);
  });

  it("is told of each CREATE_CHILD_SA that asks again for the Child SA that IKE_AUTH did not make", () => {
    const talk = scenario();
    childRefused(talk);
    for (const id of [2, 3]) {
      talk.at(id * 5).initiator.sends(createChild({ id }));
      talk.at(id * 5 + 0.1).responder.sends(createChildAnswer({ id, inner: INNER.bareNotify }));
    }
    expect(outcomes(talk, 36)).toEqual(["refused", "refused"]);
  });
});

describe("quick-mode-unanswered", () => {
  it("stays silent where one direction was captured", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12).initiator.sends(quickMode(1));
    talk.at(12.1, 16.1).responder.sends(quickMode(2));
    talk.at(12.2, 16.2).initiator.sends(quickMode(3));
    talk.endsAt(60);
    for (const side of ["initiator", "responder"]) {
      expect(faults(talk.judge(({ sender }) => sender === side || sender === null))).toEqual([]);
    }
  });

  it("fires where quick mode 1 repeats and nothing comes", () => {
    const talk = scenario();
    mainModeUp(talk);
    const tries = talk.at(1, 5, 12).initiator.sends(quickMode(1));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "quick-mode-unanswered");
    expect(found).toMatchObject({ severity: "critical", phase: "QUICK_MODE" });
    expect(evidence(found)).toEqual(numbers(tries));
    expect(faults(judgement)).toEqual(["quick-mode-unanswered"]);
  });

  it("stays critical where a second phase 1 came up whose quick mode waits, too", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12, 25).initiator.sends(quickMode(1));
    const sa = talk.newSa();
    mainModeUp(talk, { from: 40, sa });
    talk.at(41).initiator.sends(quickMode(1, { sa }));
    const judgement = talk.endsAt(41.5).judge();
    expect(finding(judgement, "quick-mode-unanswered").severity).toBe("critical");
    expect(judgement.status).toBe("failing");
  });

  it("only warns where another phase 1 has a Child SA that carries traffic meanwhile", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12, 25).initiator.sends(quickMode(1));
    const sa = talk.newSa("responder");
    mainModeUp(talk, { from: 2, sa });
    quickModeUp(talk, { from: 3, sa });
    traffic(talk, 4, 20);
    expect(finding(talk.endsAt(60).judge(), "quick-mode-unanswered").severity).toBe("warning");
  });

  it("fires where phase 1 is older than the capture and two quick modes meet silence", () => {
    const talk = scenario();
    talk.at(1, 5, 12).initiator.sends(quickMode(1, { messageId: 1 }));
    talk.at(60, 64, 71).initiator.sends(quickMode(1, { messageId: 2 }));
    expect(faults(talk.endsAt(120).judge())).toEqual(["quick-mode-unanswered"]);
  });

  it.each([0.1, 1.5, 6])("stays silent where the capture ends %s s after quick mode 1", (end) => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    expect(accusations(talk.endsAt(1 + end).judge())).toEqual([]);
  });

  it("stays silent where quick mode 1 was lost once", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5).initiator.sends(quickMode(1));
    talk.at(5.1).responder.sends(quickMode(2));
    talk.at(5.2).initiator.sends(quickMode(3));
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  describe("of a further Child SA", () => {
    /** A tunnel with a Child SA that carries traffic for a minute, and quick modes that are told by `tell`. */
    function beside(tell: (talk: Scenario) => void): Scenario {
      const talk = scenario();
      mainModeUp(talk);
      quickModeUp(talk, { from: 0.5 });
      tell(talk);
      traffic(talk, 1, 120);
      return talk.endsAt(121);
    }

    it("warns where the one before carries traffic", () => {
      const judgement = beside((talk) => {
        talk.at(10, 14, 21).initiator.sends(quickMode(1, { messageId: 7 }));
        talk.at(50, 54, 61).initiator.sends(quickMode(1, { messageId: 8 }));
      }).judge();
      expect(finding(judgement, "quick-mode-unanswered")).toMatchObject({
        severity: "warning",
        confidence: "likely",
        phase: "QUICK_MODE",
      });
      expect(judgement.status).toBe("degraded");
      expect(accusations(judgement)).toEqual(["quick-mode-unanswered"]);
    });

    it("is possible while the capture ends among the tries", () => {
      const talk = scenario();
      mainModeUp(talk);
      quickModeUp(talk, { from: 0.5 });
      traffic(talk, 1, 20);
      talk.at(15, 16, 18).initiator.sends(quickMode(1, { messageId: 7 }));
      expect(finding(talk.endsAt(20).judge(), "quick-mode-unanswered").confidence).toBe("possible");
    });

    it.each<[string, (talk: Scenario) => void]>([
      ["is sent twice", (talk) => talk.at(10, 14).initiator.sends(quickMode(1, { messageId: 7 }))],
      [
        "is answered when asked again",
        (talk) => {
          talk.at(10, 14, 21).initiator.sends(quickMode(1, { messageId: 7 }));
          talk.at(40).initiator.sends(quickMode(1, { messageId: 8 }));
          talk.at(40.1).responder.sends(quickMode(2, { messageId: 8 }));
          talk.at(40.2).initiator.sends(quickMode(3, { messageId: 8 }));
        },
      ],
      [
        "is crossed by one of the other side",
        (talk) => {
          talk.at(9.9).responder.sends(quickMode(1, { messageId: 8 }));
          talk.at(10).initiator.sends(quickMode(2, { messageId: 8 }));
          talk.at(10.1).responder.sends(quickMode(3, { messageId: 8 }));
          talk.at(10, 14, 21).initiator.sends(quickMode(1, { messageId: 7 }));
        },
      ],
      [
        "is finished, so that its answer was not captured",
        (talk) => {
          talk.at(10, 14, 21).initiator.sends(quickMode(1, { messageId: 7 }));
          talk.at(21.2).initiator.sends(quickMode(3, { messageId: 7 }));
        },
      ],
      [
        "made new SPIs of both sides",
        (talk) => {
          talk.at(10, 14, 21).initiator.sends(quickMode(1, { messageId: 7 }));
          talk.at(22, 23).initiator.esp({ spi: 0x0c000001 });
          talk.at(22.1, 23.1).responder.esp({ spi: 0x0d000001 });
        },
      ],
    ])("stays silent where it %s", (_, tell) => {
      expect(codes(beside(tell).judge())).not.toContain("quick-mode-unanswered");
    });

    it("leaves it to other findings where the other side is gone", () => {
      const talk = scenario();
      mainModeUp(talk);
      quickModeUp(talk, { from: 0.5 });
      traffic(talk, 1, 10);
      talk.at(12, 16, 23).initiator.sends(quickMode(1, { messageId: 7 }));
      const judgement = talk.endsAt(60).judge();
      expect(codes(judgement)).not.toContain("quick-mode-unanswered");
      expect(finding(judgement, "rekey-unanswered")).toMatchObject({
        severity: "critical",
        confidence: "likely",
        phase: "QUICK_MODE",
        headline: "rekey request (Quick Mode 1) of 192.0.2.10 never answered (3 attempts in 11.0 s)",
      });
      expect(judgement.status).toBe("failing");
    });

    it("is no rekey in vain while the other side is heard, and only suspected where the capture ends soon", () => {
      const asks = (end: number, tell: (talk: Scenario) => void = () => {}): Judgement => {
        const talk = scenario();
        mainModeUp(talk);
        quickModeUp(talk, { from: 0.5 });
        traffic(talk, 1, 10);
        talk.at(12, 16, 23).initiator.sends(quickMode(1, { messageId: 7 }));
        tell(talk);
        return talk.endsAt(end).judge();
      };
      expect(codes(asks(60, (talk) => talk.at(15).responder.esp()))).not.toContain("rekey-unanswered");
      expect(codes(asks(60, (talk) => talk.at(30).responder.sends(informationalV1())))).not.toContain(
        "rekey-unanswered",
      );
      expect(asks(24).status).toBe("suspected");
    });
  });
});
