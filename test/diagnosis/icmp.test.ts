import { describe, expect, it } from "vitest";
import { judgePlaces } from "../support/capture/places.js";
import { alongPath } from "../support/capture/path.js";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeSaInit,
  informational,
  informationalAnswer,
  mainMode,
  numbers,
  opens,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ROUTER = "203.0.113.1";

describe.each([
  ["icmp-port-unreachable", 3, 3],
  ["icmp-admin-prohibited", 3, 13],
  ["icmp-admin-prohibited", 3, 10],
  ["icmp-host-unreachable", 3, 1],
  ["icmp-host-unreachable", 11, 0],
])("%s (type %i code %i)", (code, type, number) => {
  it("fires where each request is refused, and is the only fault", () => {
    const talk = scenario();
    const request = ikeSaInit();
    const frames = [0, 4, 11].map((second) => {
      talk.at(second).initiator.sends(request);
      return talk.icmp(second + 0.1, ROUTER, talk.initiator, type, number);
    });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, code);
    expect(found).toMatchObject({ severity: "critical", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual([code]);
  });

  it("is no fault where it came once, and then the answer", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit());
    talk.icmp(0.1, ROUTER, talk.initiator, type, number);
    setsUp(talk, { from: 8, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });
});

describe("ICMP errors", () => {
  it.each([
    [11, "time exceeded in transit"],
    [3, "network unreachable"],
  ])("of type %i are named: %s", (type, name) => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.icmp(0.1, ROUTER, talk.initiator, type, 0);
    expect(finding(talk.endsAt(60).judge(), "icmp-host-unreachable").headline).toContain(name);
  });

  it.each([
    [0, "network unreachable"],
    [1, "host unreachable"],
  ])("of type 3 and code %i bear their own name, %s, and speak of no routing loop", (code, name) => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.icmp(0.1, ROUTER, talk.initiator, 3, code);
    const found = finding(talk.endsAt(60).judge(), "icmp-host-unreachable");
    expect(found.headline).toContain(`ICMP ${name}`);
    expect(found.remedies.join(" ")).not.toContain("loop");
  });

  it("that say time exceeded point at a routing loop", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.icmp(0.1, ROUTER, talk.initiator, 11, 0);
    const found = finding(talk.endsAt(60).judge(), "icmp-host-unreachable");
    expect(found.remedies.join(" ")).toContain("loop");
  });

  it("that quote ESP in UDP are about ESP, and those that quote IKE on UDP 4500 about the exchange", () => {
    const failingPhase = (tell: (talk: Scenario) => void): string | null => {
      const talk = scenario({ floats: true });
      setsUp(talk);
      traffic(talk, 1, 10);
      tell(talk);
      return finding(talk.endsAt(60).judge(), "icmp-host-unreachable").phase;
    };
    expect(
      failingPhase((talk) => {
        talk.at(11).responder.esp();
        talk.icmp(11.1, ROUTER, talk.responder, 3, 1);
      }),
    ).toBe("ESP");
    expect(
      failingPhase((talk) => {
        talk.at(11).initiator.sends(informational());
        talk.icmp(11.1, ROUTER, talk.initiator, 3, 1);
      }),
    ).toBe("INFORMATIONAL");
  });

  it("of IPv6 count too", () => {
    const talk = scenario({
      initiator: { address: "2001:db8::10" },
      responder: { address: "2001:db8:1::20" },
    });
    talk.at(0).initiator.sends(ikeSaInit());
    talk.icmp(0.1, talk.responder, talk.initiator, 1, 4);
    expect(faults(talk.endsAt(60).judge())).toEqual(["icmp-port-unreachable"]);
  });

  it("about DNS between the same peers accuse nobody", () => {
    const talk = scenario();
    const dns = scenario({ initiator: { port500: 40_000 } });
    setsUp(talk);
    traffic(talk, 1, 10);
    dns.at(2).initiator.raw(new Uint8Array(30));
    // The quoted packet goes from port 40000 to 53.
    const packet = dns.initiator.lastPacket?.slice() ?? new Uint8Array(0);
    packet.set([0, 53], 22);
    talk.initiator.lastPacket = packet;
    talk.icmp(2.1, talk.responder, talk.initiator, 3, 3);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it.each([
    ["fragmentation needed", 3, 4],
    ["a redirect", 5, 1],
    ["source quench", 4, 0],
  ])("%s is none of these verdicts", (_name, type, code) => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.icmp(10, ROUTER, talk.initiator, type, code, 1400);
    traffic(talk, 11, 20);
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("of an old fault that healed do not hide a later one", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.icmp(0.1, talk.responder, talk.initiator, 3, 3);
    setsUp(talk, { from: 5, sa: talk.newSa() });
    talk.at(100, 104, 111).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    expect(faults(talk.endsAt(180).judge())).toEqual(["ike-init-unanswered"]);
  });

  it("against ESP are not healed by DPD that is answered on UDP 500", () => {
    const talk = scenario();
    setsUp(talk);
    for (const second of [1, 2, 3, 4]) {
      talk.at(second).initiator.esp({ sequence: second });
      talk.icmp(second + 0.1, ROUTER, talk.initiator, 3, 13);
    }
    talk.at(10).initiator.sends(informational());
    talk.at(10.1).responder.sends(informationalAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["icmp-admin-prohibited"]);
    expect(finding(judgement, "icmp-admin-prohibited").phase).toBe("ESP");
  });

  it("against UDP 4500 are not healed by another IKE_SA_INIT that is answered on UDP 500", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.icmp(0.2, ROUTER, talk.initiator, 3, 13);
    opens(talk, { from: 10, sa: talk.newSa() });
    expect(faults(talk.endsAt(10.2).judge())).toEqual(["icmp-admin-prohibited"]);
  });

  it.each([
    ["are not healed by ESP that the peer sends from another address", false, "critical"],
    ["are healed where that ESP is answered there", true, "warning"],
  ] as const)("against UDP 4500 %s", (_, isAnswered, severity) => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(12).responder.esp();
    talk.icmp(12.1, ROUTER, talk.responder, 3, 1);
    const moved = talk.host("192.0.2.99");
    talk.between(moved, talk.responder, 13, 14, 15).esp({ sequence: 19 });
    if (isAnswered) talk.between(talk.responder, moved, 13.1, 14.1, 15.1).esp({ sequence: 20 });
    const judgement = talk.endsAt(40).judge();
    expect(finding(judgement, "icmp-host-unreachable").severity).toBe(severity);
  });

  it.each([
    ["says in the first line that the tunnel works again", true],
    ["says no such thing where nothing answers since", false],
  ])("a refusal %s", (_, isBack) => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 10);
    for (const second of [10, 11]) {
      talk.at(second).initiator.esp({ size: 60 + second });
      talk.icmp(second + 0.1, talk.responder, talk.initiator, 3, 3);
    }
    if (isBack) {
      setsUp(talk, { from: 15, sa: talk.newSa() });
      traffic(talk, 16, 30);
    }
    const judgement = talk.endsAt(40).judge();
    expect(judgement.status).toBe(isBack ? "degraded" : "failing");
    expect(judgement.headline.includes("refused by ICMP port unreachable")).toBe(true);
    expect(judgement.headline.endsWith("; later IKEv2 is up, ESP flows both ways")).toBe(isBack);
  });

  it("are counted once that captures of both ends hold", async () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 5);
    for (const second of [10, 11]) {
      talk.at(second).initiator.esp({ size: 60 + second });
      talk.icmp(second + 0.1, talk.responder, talk.initiator, 3, 3);
    }
    const places = alongPath(talk.endsAt(30), 2, [{ hops: 0 }, { hops: 2 }]);
    const { summary } = finding((await judgePlaces(places)).judgement, "icmp-port-unreachable");
    expect(summary).toContain("answered 2 packets");
  });

  it("that refuse a keepalive after the daemon's orderly end are no fault of a live tunnel", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(11).initiator.sends(informational({ inner: 8 }));
    talk.at(11.1).responder.sends(informationalAnswer());
    talk.at(15).responder.keepalive();
    talk.icmp(15.1, talk.initiator, talk.responder, 3, 3);
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("an ICMP error and the silence that it explains are one fault", () => {
  const refusedAt = (name: string, expected: string, tell: (talk: Scenario) => void): void => {
    it(name, () => {
      const talk = scenario({ floats: true });
      tell(talk);
      const judgement = talk.endsAt(90).judge();
      expect(faults(judgement)).toEqual([expected]);
      expect(codes(judgement).filter((code) => code.endsWith("unanswered"))).toEqual([]);
    });
  };

  refusedAt("at IKE_AUTH", "icmp-admin-prohibited", (talk) => {
    opens(talk);
    const request = ikeAuth();
    for (const second of [0.1, 4.1, 11.3]) {
      talk.at(second).initiator.sends(request);
      talk.icmp(second + 0.1, ROUTER, talk.initiator, 3, 13);
    }
  });

  refusedAt("at main mode 1", "icmp-port-unreachable", (talk) => {
    const request = mainMode(1);
    for (const second of [0.1, 4.1, 11.3]) {
      talk.at(second).initiator.sends(request);
      talk.icmp(second + 0.1, talk.responder, talk.initiator, 3, 3);
    }
  });
});
