import { describe, expect, it } from "vitest";
import { peersText } from "../../src/diagnosis/headline.js";
import { renderText } from "../../src/report/text.js";
import {
  authRefusal,
  CHILD_REFUSED,
  every,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  type SaSpis,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** Two clients that one translator gives the same outer address. */
function clients(talk: Scenario) {
  const nat = (port500: number) => ({ nat: { address: "192.0.2.10", port500, port4500: port500 + 1 } });
  return {
    first: talk.host("10.0.0.5", nat(61_001)),
    second: talk.host("10.0.0.6", nat(62_001)),
  };
}

/** A setup of that client, answered with `answer`. */
function attempt(
  talk: Scenario,
  from: number,
  client: ReturnType<Scenario["host"]>,
  isWelcome: boolean,
  inner?: number,
): void {
  const sa = talk.newSa();
  talk.between(client, talk.responder, from).sends(ikeSaInit({ sa }));
  talk.between(talk.responder, client, from + 0.05).sends(ikeSaInitAnswer({ sa }));
  talk.between(client, talk.responder, from + 0.1).sends(ikeAuth({ sa }));
  const answer = isWelcome
    ? ikeAuthAnswer({ sa, ...(inner === undefined ? {} : { inner }) })
    : authRefusal({ sa });
  talk.between(talk.responder, client, from + 0.15).sends(answer);
}

function esp(talk: Scenario, client: ReturnType<Scenario["host"]>, from: number, to: number): void {
  const number = client.outerEndpoint(4500).port;
  for (let second = from; second < to; second++) {
    talk.between(client, talk.responder, second).esp({ sequence: second, spi: 0xa0 + number });
    talk.between(talk.responder, client, second + 0.1).esp({ sequence: second, spi: 0xb0 + number });
  }
}

describe("two clients behind one NAT address", () => {
  it("are both healthy", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, first, true);
    attempt(talk, 5, second, true);
    esp(talk, first, 6, 20);
    esp(talk, second, 6, 20);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
    expect(judgement.tunnels.map(peersText)).toEqual([
      "192.0.2.10:61002 -> 198.51.100.20",
      "192.0.2.10:62002 -> 198.51.100.20",
    ]);
    expect(renderText(judgement)).toContain("one of 2 clients behind 192.0.2.10 at the same time");
  });

  it("show that one of them gets no answer, though the other one's answers come right behind its packets", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, first, true);
    attempt(talk, 5, second, true);
    esp(talk, first, 1, 60);
    talk.between(second, talk.responder, ...every(1, 10.05, 25)).esp({ spi: 0xcc });
    const found = finding(talk.endsAt(61).judge(), "esp-one-way");
    expect(found.headline).toContain("only (15 packets in 14.0 s, none back)");
    expect(found.tunnel).toBe(2);
  });

  it("have faults of their own: neither follows from the other", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, first, false);
    attempt(talk, 2, second, true, CHILD_REFUSED);
    attempt(talk, 4, first, false);
    const judgement = talk.endsAt(10).judge();
    expect(faults(judgement).toSorted()).toEqual(["authentication-failed", "child-rejected"]);
    expect(judgement.findings.map(({ causedBy }) => causedBy)).toEqual(judgement.findings.map(() => null));
  });

  it("are not counted as two where one comes back from other ports", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, first, true);
    esp(talk, first, 1, 20);
    attempt(talk, 30, second, true);
    esp(talk, second, 31, 50);
    expect(talk.endsAt(60).judge().tunnels).toHaveLength(1);
  });

  it("of which one goes on failing beside the other: that one is told", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    for (const from of [0, 20, 40]) attempt(talk, from, first, false);
    attempt(talk, 5, second, true);
    esp(talk, second, 6, 50);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(finding(judgement, "authentication-failed").headline).toContain("3 setups");
  });

  it("of which one fails among others that came up within moments: it is told from the beginning", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    const nat = { address: "192.0.2.10", port500: 63_001, port4500: 63_002 };
    const third = talk.host("10.0.0.7", { nat });
    attempt(talk, 0, first, true);
    attempt(talk, 0.3, second, false);
    attempt(talk, 0.6, third, true);
    const judgement = talk.endsAt(0.9).judge();
    expect(judgement.tunnels.map(({ status }) => status)).toEqual(["up", "failing", "up"]);
    expect(finding(judgement, "authentication-failed").severity).toBe("critical");
  });

  it("of which one comes up, and minutes later fails once from other ports and is up again: that may be one, so nobody is accused", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    const nat = { address: "192.0.2.10", port500: 63_001, port4500: 63_002 };
    attempt(talk, 0, first, true);
    attempt(talk, 120, second, false);
    attempt(talk, 125, talk.host("10.0.0.5", { nat }), true);
    expect(faults(talk.endsAt(180).judge())).toEqual([]);
  });

  it("of which one comes up after the other's failure: that may be the same one, so nobody is accused", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, first, false);
    attempt(talk, 5, second, true);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });

  it("do not lend each other their quick success: silence on 4500 for one of them is told", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, second, true);
    esp(talk, second, 1, 50);
    const sa = talk.newSa();
    talk.between(first, talk.responder, 10).sends(ikeSaInit({ sa }));
    talk.between(talk.responder, first, 10.05).sends(ikeSaInitAnswer({ sa }));
    talk.between(first, talk.responder, 10.1, 14.1, 21.3).sends(ikeAuth({ sa }));
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toHaveLength(1);
    expect(judgement.status).toBe("failing");
  });
});

describe("the login of one of two clients behind one address", () => {
  /** EAP up to its third round; the client goes on with the other's traffic beside it. */
  function rounds(talk: Scenario, from: number, client: ReturnType<Scenario["host"]>, sa: SaSpis): void {
    talk.between(client, talk.responder, from).sends(ikeSaInit({ sa }));
    talk.between(talk.responder, client, from + 0.02).sends(ikeSaInitAnswer({ sa }));
    for (const [id, asked, said] of [
      [1, 220, 1300],
      [2, 30, 45],
      [3, 90, 60],
    ] as const) {
      talk.between(client, talk.responder, from + id * 0.1).sends(ikeAuth({ id, inner: asked, sa }));
      talk
        .between(talk.responder, client, from + id * 0.1 + 0.02)
        .sends(ikeAuthAnswer({ id, inner: said, sa }));
    }
  }

  function beside(then: (talk: Scenario, client: ReturnType<Scenario["host"]>, sa: SaSpis) => void) {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    attempt(talk, 0, second, true);
    esp(talk, second, 1, 40);
    const sa = talk.newSa();
    rounds(talk, 10, first, sa);
    then(talk, first, sa);
    return talk.endsAt(40).judge();
  }

  it("is told to fail though traffic of the other goes on", () => {
    const judgement = beside((talk, client, sa) => {
      talk.between(client, talk.responder, 10.4).sends(informational({ id: 4, inner: 8, sa }));
    });
    expect(faults(judgement)).toEqual(["eap-failed"]);
    expect(judgement.status).toBe("failing");
  });

  it("stays silent where it is the client's own traffic", () => {
    const judgement = beside((talk, client, sa) => {
      talk.between(client, talk.responder, 10.4).sends(informational({ id: 4, inner: 8, sa }));
      esp(talk, client, 11, 40);
    });
    expect(faults(judgement)).toEqual([]);
  });
});

describe("of two clients behind one address the older one", () => {
  /** The gateway checks on the first client each 30 s: answered until `lives`, then in vain. */
  function tell(lives: number, port500OfSecond: number): Scenario {
    const talk = scenario({ floats: true });
    const nat = (port500: number) => ({ nat: { address: "192.0.2.10", port500, port4500: port500 + 1 } });
    const first = talk.host("10.0.0.5", nat(61_001));
    const second = talk.host("10.0.0.6", nat(port500OfSecond));
    attempt(talk, 0, first, true);
    attempt(talk, 60, second, true);
    const sa = {
      initiatorSpi: "aaaaaaaa00000002",
      responderSpi: "bbbbbbbb00000002",
      startedBy: "initiator",
    } as const;
    let id = 0;
    for (let at = 30; at < lives; at += 30) {
      talk.between(talk.responder, first, at).sends(informational({ sa, id }));
      talk.between(first, talk.responder, at + 0.05).sends(informationalAnswer({ sa, id }));
      id++;
    }
    talk
      .between(talk.responder, first, lives, lives + 4, lives + 11, lives + 24)
      .sends(informational({ sa, id }));
    esp(talk, second, 61, lives + 200);
    return talk.endsAt(lives + 300);
  }

  it("is told to have died, though a newer one came up beside it", () => {
    expect(faults(tell(300, 62_001).judge())).toEqual(["dpd-timeout"]);
  });

  it.each([
    ["where the newer one uses the same port: it is the same client", tell(300, 61_001)],
    ["where it died soon after: then the client may have come back as the newer one", tell(120, 62_001)],
  ])("is not told of %s", (_name, talk) => {
    expect(faults(talk.judge())).toEqual([]);
  });
});

describe("two tunnels of one capture", () => {
  it("are not healthy where the capture ends in the setup of one", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    const other = talk.host("203.0.113.77");
    const sa = talk.newSa();
    talk.between(other, talk.responder, 19).sends(ikeSaInit({ sa }));
    talk.between(talk.responder, other, 19.1).sends(ikeSaInitAnswer({ sa }));
    talk.between(other, talk.responder, 19.2).sends(ikeAuth({ sa }));
    const judgement = talk.endsAt(20).judge();
    expect(judgement.tunnels.map(({ status }) => status)).toEqual(["healthy", "nothing-to-judge"]);
    expect(judgement.status).toBe("up");
    expect(judgement.headline).toBe(
      "1 of 2 tunnels is up, none is failing; of 1 the capture holds too little to judge",
    );
  });

  it("are judged apart: one fails, one is healthy", () => {
    const talk = scenario();
    const other = talk.host("203.0.113.77");
    attempt(talk, 0, other, false);
    attempt(talk, 1, talk.initiator, true);
    const judgement = talk.endsAt(60).judge();
    expect(judgement.tunnels.map(({ status }) => status)).toEqual(["failing", "up"]);
    expect(judgement).toMatchObject({ status: "failing", scope: "one-peer" });
  });

  it("fail both: all peers", () => {
    const talk = scenario();
    attempt(talk, 0, talk.host("203.0.113.77"), false);
    attempt(talk, 1, talk.initiator, false);
    expect(talk.endsAt(60).judge().scope).toBe("all-peers");
  });
});

describe("of three clients behind one address one", () => {
  function three(talk: Scenario) {
    const { first, second } = clients(talk);
    const nat = { address: "192.0.2.10", port500: 63_001, port4500: 63_002 };
    return [first, second, talk.host("10.0.0.7", { nat })] as const;
  }

  /** Packets both ways twice a second, from 3 s on; of the gateway until `answersUntil` alone. */
  function talks(talk: Scenario, client: ReturnType<Scenario["host"]>, spi: number, answersUntil = 100) {
    for (let at = 3 + spi / 1000, sequence = 1; at < 100; at += 0.5, sequence++) {
      talk.between(client, talk.responder, at).esp({ sequence, spi });
      if (at < answersUntil) talk.between(talk.responder, client, at + 0.02).esp({ sequence, spi: spi + 1 });
    }
  }

  function tell({ answersUntil, setups }: { readonly answersUntil: number; readonly setups: boolean }) {
    const talk = scenario({ floats: true });
    const all = three(talk);
    for (const [index, client] of all.entries()) {
      if (setups) attempt(talk, index / 2, client, true);
      talks(talk, client, 0x10 * (index + 1), index === 1 ? answersUntil : 100);
    }
    return talk.endsAt(100).judge();
  }

  it("gets no ESP any more: it is told, with its port", () => {
    const judgement = tell({ answersUntil: 40, setups: true });
    expect(judgement.tunnels.map(({ status }) => status)).toEqual(["healthy", "failing", "healthy"]);
    expect(judgement.headline).toContain("192.0.2.10:62002 -> 198.51.100.20");
  });

  it("gets no ESP any more, while the gateway serves the others: neither that nor the path failed as a whole", () => {
    for (const setups of [true, false]) {
      const found = finding(tell({ answersUntil: 40, setups }), "esp-one-way");
      expect(found.summary).toContain("198.51.100.20 still sends ESP to other clients behind 192.0.2.10");
      expect(found.rivals.map(({ code }) => code)).not.toContain("path-lost");
    }
  });

  it("never gets any: what the others get shows that the answers would be seen here", () => {
    const judgement = tell({ answersUntil: 0, setups: false });
    expect(finding(judgement, "esp-one-way").evidence.at(-1)?.text).toBe(
      "ESP of 198.51.100.20 to another client behind 192.0.2.10 is seen here",
    );
    expect(judgement.headline).toContain("192.0.2.10:62002 <-> 198.51.100.20");
  });

  it("gets no ESP any more, and the gateway was heard first: its own port is named, not the gateway's", () => {
    const talk = scenario({ floats: true });
    const all = three(talk);
    talk.between(talk.responder, all[0], 2).esp({ sequence: 1, spi: 0x11 });
    for (const [index, client] of all.entries())
      talks(talk, client, 0x10 * (index + 1), index === 1 ? 40 : 100);
    const judgement = talk.endsAt(100).judge();
    expect(judgement.headline).toContain("192.0.2.10:62002 <-> 198.51.100.20");
  });

  it("works like the others: all are healthy, and each has its own Child SA", () => {
    const judgement = tell({ answersUntil: 100, setups: false });
    expect(judgement.status).toBe("healthy");
    const pairs = judgement.tunnels.map(({ childSas }) =>
      childSas.map(({ forward, backward }) => [forward?.spi, backward?.spi]),
    );
    expect(pairs).toEqual([[[0x10, 0x11]], [[0x20, 0x21]], [[0x30, 0x31]]]);
  });

  it.each(["initiator", "responder"] as const)(
    "is dead since before the capture begins: its liveness checks, in an IKE SA that the %s began, are told with its port, though ESP of the others goes on",
    (by) => {
      const talk = scenario({ floats: true });
      const [first, second, third] = three(talk);
      const sa = talk.newSa(by);
      talk.between(talk.responder, second, 4, 8, 15.2, 28.2, 51.5, 93.5).sends(informational({ sa, id: 3 }));
      for (const [client, spi] of [
        [first, 0x10],
        [third, 0x30],
      ] as const)
        talks(talk, client, spi);
      const judgement = talk.endsAt(200).judge();
      expect(faults(judgement)).toEqual(["dpd-timeout"]);
      expect(judgement.headline).toContain("192.0.2.10:62002");
      expect(judgement.status).toBe("failing");
    },
  );

  it("has got another port of its NAT device within the same SPI: it is that client still, and answers there", () => {
    const talk = scenario({ floats: true });
    const { first, second } = clients(talk);
    const sa = talk.newSa();
    talk.between(talk.responder, first, 1).sends(informational({ sa, id: 0 }));
    talk.between(first, talk.responder, 1.05).sends(informationalAnswer({ sa, id: 0 }));
    for (let at = 3, sequence = 1; at < 60; at++, sequence++) {
      const client = at < 30 ? first : second;
      talk.between(client, talk.responder, at).esp({ sequence, spi: 0x10 });
      talk.between(talk.responder, client, at + 0.02).esp({ sequence, spi: 0x11 });
    }
    const judgement = talk.endsAt(60).judge();
    expect(judgement.tunnels).toHaveLength(1);
    expect(faults(judgement)).toEqual([]);
    expect(judgement.findings[0]?.code).toBe("nat-mapping-changed");
  });
});
