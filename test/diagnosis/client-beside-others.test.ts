import { describe, expect, it } from "vitest";
import { alongPath } from "../support/capture/path.js";
import { judgePlaces } from "../support/capture/places.js";
import {
  clientPings,
  clientSetsUp,
  createChild,
  createChildAnswer,
  every,
  faults,
  finding,
  ikeSaInit,
  informational,
  informationalAnswer,
  INNER,
  type Keeps,
  noProposalChosen,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

type Client = ReturnType<Scenario["host"]>;

/** A client behind the NAT device at 192.0.2.10, with the ports that it gives. */
function client(talk: Scenario, port500: number, port4500: number): Client {
  return talk.host("10.0.0.5", { nat: { address: "192.0.2.10", port500, port4500 } });
}

/** The first client keeps its ports, the others get new ones. */
function clients(talk: Scenario): readonly [Client, Client, Client] {
  return [client(talk, 500, 4500), client(talk, 61_000, 61_001), client(talk, 62_000, 62_001)];
}

describe("a client whose offer is refused on UDP 500", () => {
  /** Beside one that keeps UDP 4500 and came up `first` seconds after the beginning. */
  function refused(first: number, isTakenLater = false): Scenario {
    const talk = scenario({ floats: true });
    const [one, two, three] = clients(talk);
    clientSetsUp(talk, first, one);
    clientSetsUp(talk, first + 1, three);
    for (const at of [5, 13]) {
      const sa = talk.newSa();
      talk.between(two, talk.responder, at).sends(ikeSaInit({ sa }));
      talk.between(talk.responder, two, at + 0.05).sends(noProposalChosen({ sa }));
    }
    clientPings(talk, one, 0x1000, first + 3, 60);
    clientPings(talk, three, 0x3000, first + 3, 60);
    if (isTakenLater) {
      clientSetsUp(talk, 20, two);
      clientPings(talk, two, 0x2000, 22, 60);
    }
    return talk.endsAt(61);
  }

  it("fails, though the client that was up before has traffic on UDP 4500", () => {
    const judgement = refused(0).judge();
    expect(judgement.status).toBe("failing");
    expect(faults(judgement)).toEqual(["ike-no-proposal-chosen"]);
  });

  it("has recovered where it comes up later itself", () => {
    expect(finding(refused(0, true).judge(), "ike-no-proposal-chosen").mended).toBe(true);
  });

  it("may be the one that came up on UDP 4500 after it", () => {
    expect(finding(refused(20).judge(), "ike-no-proposal-chosen").mended).toBe(true);
  });
});

describe("three clients whose pings nobody answers", () => {
  /** Whether the second one has answers. */
  function pings(isOneAnswered: boolean): Scenario {
    const talk = scenario({ floats: true });
    for (const [index, who] of clients(talk).entries()) {
      clientSetsUp(talk, index, who);
      const times = every(0.5, 4 + index / 10, 17);
      const spi = 0x1000 * (index + 1);
      talk.between(who, talk.responder, ...times).esp({ spi });
      if (isOneAnswered && index === 1) {
        talk.between(talk.responder, who, ...times.map((at) => at + 0.05)).esp({ spi: spi + 1 });
      }
    }
    return talk.endsAt(40);
  }

  it("fail as one would: together they are no steady beat that needs no answer", () => {
    expect(finding(pings(false).judge(), "esp-one-way")).toMatchObject({
      severity: "critical",
      confidence: "likely",
    });
  });

  it("are told apart from one that has answers", () => {
    expect(finding(pings(true).judge(), "esp-one-way").headline).toContain("none back");
  });
});

describe("a client whose rekeys are refused until its SA is over", () => {
  /** Its ESP ends at `until`; the others go on. */
  function refusedRekeys(until: number): Scenario {
    const talk = scenario({ floats: true });
    const [one, two, three] = clients(talk);
    clientSetsUp(talk, 0, one);
    const sa = clientSetsUp(talk, 1, two);
    clientSetsUp(talk, 2, three);
    for (const [index, at] of [30, 50, 70].entries()) {
      const id = 2 + index;
      talk.between(two, talk.responder, at).sends(createChild({ sa, id }));
      talk
        .between(talk.responder, two, at + 0.1)
        .sends(createChildAnswer({ sa, id, inner: INNER.bareNotify }));
    }
    clientPings(talk, one, 0x1000, 4, 200);
    clientPings(talk, two, 0x2000, 4, until);
    clientPings(talk, three, 0x3000, 4, 200);
    return talk.endsAt(200);
  }

  it("fails, though others behind the same address have traffic", () => {
    const found = finding(refusedRekeys(80).judge(), "rekey-failed");
    expect(found.severity).toBe("critical");
    expect(found.headline).toContain("then traffic stops");
  });

  it("fails as well in a capture that begins after the setups, where the others are heard of later", () => {
    const talk = scenario({ floats: true });
    const [one, two, three] = clients(talk);
    const [first, second, third] = [talk.newSa(), talk.newSa(), talk.newSa()];
    for (const [index, at] of [10, 20].entries()) {
      const id = 2 + index;
      talk.between(two, talk.responder, at).sends(createChild({ sa: second, id }));
      talk
        .between(talk.responder, two, at + 0.1)
        .sends(createChildAnswer({ sa: second, id, inner: INNER.bareNotify }));
    }
    clientPings(talk, one, 0x1000, 4, 80);
    clientPings(talk, two, 0x2000, 4, 25);
    clientPings(talk, three, 0x3000, 4, 80);
    for (const [who, sa] of [
      [one, first],
      [three, third],
    ] as const) {
      talk.between(talk.responder, who, 60).sends(informational({ sa }));
      talk.between(who, talk.responder, 60.1).sends(informationalAnswer({ sa }));
    }
    expect(finding(talk.endsAt(80).judge(), "rekey-failed").headline).toContain("then traffic stops");
  });

  it("is warned of while its traffic goes on", () => {
    expect(finding(refusedRekeys(200).judge(), "rekey-failed").severity).toBe("warning");
  });
});

describe("a client that tells its addresses in one notify after the setup (RFC 4555 3.6)", () => {
  /** So many milliseconds after the response, in a capture of IKE alone. */
  function tells(milliseconds: number): Scenario {
    const talk = scenario({ floats: true });
    const [one] = clients(talk);
    const sa = clientSetsUp(talk, 0, one);
    const at = 0.15 + milliseconds / 1000;
    talk.between(one, talk.responder, at).sends(informational({ sa, id: 2, inner: 8 }));
    talk.between(talk.responder, one, at + 0.01).sends(informationalAnswer({ sa, id: 2 }));
    return talk.endsAt(12);
  }

  it.each([130, 300, 600])("is not said to refuse the response, %i ms before", (milliseconds) => {
    expect(faults(tells(milliseconds).judge())).toEqual([]);
  });

  it("is suspected where that comes as fast as a refusal", () => {
    const found = finding(tells(5).judge(), "authentication-rejected-by-initiator");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
  });
});

describe("two clients, captured on both sides of their NAT device", () => {
  it("lose each what is its own: the one whose packets all arrive is not accused", async () => {
    const talk = scenario({ floats: true });
    const seen = "both" as const;
    const hosts = ["10.0.0.5", "10.0.0.6"].map((address, index) => {
      const nat = { address: "192.0.2.10", port500: 61_000 + 2 * index, port4500: 61_001 + 2 * index };
      return talk.host(address, { nat, seen });
    });
    const [one, two] = hosts;
    if (one === undefined || two === undefined) throw new RangeError("two clients");
    clientSetsUp(talk, 0, one);
    const sa = clientSetsUp(talk, 1, two);
    clientPings(talk, one, 0x1000, 3, 60);
    clientPings(talk, two, 0x2000, 3, 10);
    const lost = talk.between(talk.responder, two, 20, 24, 31, 44).sends(informational({ sa }));
    talk.endsAt(60);
    const isInside: Keeps = ({ bytes }) =>
      [26, 30].some((at) => hosts.some(({ own }) => own === bytes.slice(at, at + 4).join(".")));
    const places = alongPath(talk, 2, [
      { hops: 0, keeps: (frame, index) => isInside(frame, index) && !lost.includes(frame) },
      { hops: 2, keeps: (frame, index) => !isInside(frame, index) },
    ]);
    const { judgement } = await judgePlaces(places);
    const told = judgement.findings.filter(({ code }) => code === "lost-between-captures");
    expect(told).toHaveLength(1);
    expect(told[0]?.headline).toContain("10.0.0.6");
    expect(judgement.tunnels.map(({ status }) => status).toSorted()).toEqual(["failing", "healthy"]);
  });
});

describe("a client that the responder no longer answers from one moment on", () => {
  /** Another client, at an address of its own, comes up `beside` seconds from that moment. */
  function silent(beside: number): readonly string[] {
    const talk = scenario();
    const [one, two] = [talk.initiator, talk.host("192.0.2.77")];
    const sa = clientSetsUp(talk, 0, one);
    clientPings(talk, one, 0x1000, 3, 20);
    clientSetsUp(talk, 18.95 + beside, two);
    talk.between(one, talk.responder, ...every(1, 20, 50)).esp({ sequence: 20, spi: 0x1000 });
    talk.between(one, talk.responder, 24, 28, 35, 48).sends(informational({ sa, id: 2 }));
    return finding(talk.endsAt(80).judge(), "path-lost").rivals.map(({ code }) => code);
  }

  it("may have been replaced by one of the same identity, which came up just then", () => {
    expect(silent(0)).toContain("identity-flap");
    expect(silent(15)).not.toContain("identity-flap");
  });
});
