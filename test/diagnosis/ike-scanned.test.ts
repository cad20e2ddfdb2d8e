import { describe, expect, it } from "vitest";
import { judgeBytes } from "../support/extract.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  bareMainMode,
  clearNotifyV1,
  clientPings,
  clientSetsUp,
  codes,
  evidence,
  faults,
  finding,
  ikeSaInit,
  informational,
  initNotify,
  mainMode,
  scanV1,
  scanV2,
  scenario,
  type Scenario,
  setsUp,
  suspicions,
  SWEEP,
  traffic,
} from "../support/scenario/index.js";
import type { Phase1Options } from "../support/ike/payloads-v1.js";

const CODE = "ike-scanned";
const REFUSED = "ike-no-proposal-chosen";

const single = (encryption: number, hash: number): Phase1Options => ({
  encryption,
  hash,
  auth: 1,
  group: 2,
  seconds: 28800,
});

/** Offers one after the other, each in an IKE SA of its own, all refused. */
function refuses(talk: Scenario, offers: readonly (readonly Phase1Options[])[], apart = 1): void {
  for (const [index, offer] of offers.entries()) {
    const sa = talk.newSa();
    talk.at(index * apart).initiator.sends(scanV1({ sa, offer }));
    talk.at(index * apart + 0.05).responder.sends(clearNotifyV1(14, { sa }));
  }
}

describe("ike-scanned", () => {
  it("tells a refused scan, and the first line knows the refusal", () => {
    const talk = scenario();
    const [asked] = talk.at(0).initiator.sends(scanV1());
    const [answer] = talk.at(0.05).responder.sends(clearNotifyV1(14));
    const judgement = talk.endsAt(1).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "info", confidence: "likely", phase: "MAIN_MODE" });
    expect(evidence(found)).toEqual([asked?.number, answer?.number]);
    expect(judgement.status).toBe("nothing-to-judge");
    expect(judgement.headline).toBe(
      "192.0.2.10 -> 198.51.100.20  a scan by 192.0.2.10, no tunnel: NO-PROPOSAL-CHOSEN is claimed",
    );
    expect(faults(judgement)).toEqual([]);
  });

  it("tells what an accepted scan learned, without accusing anybody of the message that never comes", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(scanV1());
    talk.at(0.05).responder.sends(mainMode(2));
    const judgement = talk.endsAt(60).judge();
    expect(judgement.headline).toContain("AES_CBC_256/SHA2_256/MODP_2048/PSK is accepted");
    expect(codes(judgement)).toEqual([CODE]);
  });

  it.each([
    ["alone, all ports at once", false],
    ["behind the NAT device of a client that works", true],
  ])("tells a scan from many ports, %s", (_how, isBesideClient) => {
    const talk = scenario({ floats: true });
    const behind = (port: number) =>
      talk.host("10.0.0.5", { nat: { address: "192.0.2.10", port500: port, port4500: port + 1 } });
    if (isBesideClient) {
      clientSetsUp(talk, 0, behind(50_000));
      clientPings(talk, behind(50_000), 0x1000, 2, 40);
    }
    for (const [index, encryption] of [1, 5, 7, 3, 2].entries()) {
      const sa = talk.newSa();
      const from = isBesideClient ? 5 + index : index / 10;
      const offer = [single(encryption, 1)];
      talk.between(behind(61_000 + 2 * index), talk.responder, from, from + 0.5).sends(scanV1({ sa, offer }));
    }
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(suspicions(judgement)).toEqual([]);
    expect(codes(judgement)).toContain(CODE);
    expect(judgement.status).toBe(isBesideClient ? "healthy" : "nothing-to-judge");
  });

  it("takes the ICMP error that a scan meets for no fault of a tunnel", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(scanV1());
    talk.icmp(0.05, talk.responder, talk.initiator, 3, 3);
    const judgement = talk.endsAt(60).judge();
    expect(judgement.headline).toContain("refused by an ICMP error");
    expect(codes(judgement)).toEqual([CODE]);
  });

  it("takes the ICMP errors that late answers meet at the scanner's closed port for no fault either", () => {
    const talk = scenario();
    talk.at(0, 0.5, 1.3).initiator.sends(scanV2());
    talk.at(1.6, 1.7, 1.8).responder.sends(initNotify(14));
    talk.icmp(1.71, talk.initiator, talk.responder, 3, 3);
    talk.icmp(1.81, talk.initiator, talk.responder, 3, 3);
    const judgement = talk.endsAt(60).judge();
    expect(judgement.headline).toContain("NO_PROPOSAL_CHOSEN is claimed");
    expect(codes(judgement)).toEqual([CODE]);
  });

  it("leaves the ICMP error of a closed port to the client that is no scanner", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(60).responder.sends(informational({ id: 0 }));
    talk.icmp(60.01, talk.initiator, talk.responder, 3, 3);
    const sa = talk.newSa();
    talk.at(62).initiator.sends(scanV2({ sa }));
    talk.at(62.05).responder.sends(initNotify(14, undefined, { sa }));
    expect(faults(talk.endsAt(90).judge())).toEqual(["icmp-port-unreachable"]);
  });

  it("names the refusal, not the closed port, where the client that was refused has ended", () => {
    const ends = (notify: number): readonly string[] => {
      const talk = scenario();
      talk.at(0, 0.5).initiator.sends(ikeSaInit());
      talk.at(1.6, 1.7).responder.sends(initNotify(notify));
      talk.icmp(1.71, talk.initiator, talk.responder, 3, 3);
      return faults(talk.endsAt(60).judge());
    };
    expect(ends(14)).toEqual([REFUSED]);
    // INVALID_KE_PAYLOAD asks for another attempt: that the client is gone is what failed.
    expect(ends(17)).toEqual(["icmp-port-unreachable"]);
  });

  it("tells IKEv2 by the same marks", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(scanV2());
    talk.at(0.05).responder.sends(initNotify(14));
    expect(codes(talk.endsAt(60).judge())).toEqual([CODE]);
  });

  it("tells many addresses that one scanner asks in one line", () => {
    const talk = scenario();
    for (const [index, last] of [20, 21, 22, 23].entries()) {
      const other = talk.host(`198.51.100.${last}`, {}, "responder");
      talk.between(talk.initiator, other, index * 0.1).sends(scanV1({ sa: talk.newSa() }));
    }
    expect(talk.endsAt(60).judge().headline).toContain("4 pairs of addresses, no tunnel among them, first: ");
  });

  it("counts a refusal whose first message was sent before the capture began to the scan that goes on", () => {
    const talk = scenario();
    talk.at(0).responder.sends(clearNotifyV1(14, { sa: talk.newSa() }));
    talk.at(1).initiator.sends(scanV1());
    talk.at(1.05).responder.sends(clearNotifyV1(14));
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });

  it("reads the first transforms that a short snap length leaves of an offer", async () => {
    const talk = scenario();
    talk.at(0).initiator.sends(scanV1());
    talk.at(0.05).responder.sends(clearNotifyV1(14));
    talk.endsAt(60);
    const judged = async (snapLength: number) => faults(await judgeBytes(captureFile(talk, { snapLength })));
    expect(await judged(256)).toEqual([]);
    // The refusal stands if nothing of the offer was captured.
    expect(await judged(96)).toEqual([REFUSED]);
  });

  it("leaves the verdict on a tunnel beside it alone, whether that works or fails", () => {
    const working = scenario();
    setsUp(working);
    traffic(working, 1, 30);
    const sa = working.newSa();
    working.at(10).initiator.sends(scanV1({ sa }));
    working.at(10.05).responder.sends(clearNotifyV1(14, { sa }));
    expect(working.endsAt(60).judge().status).toBe("healthy");

    const refused = scenario();
    const own = refused.newSa();
    refused.at(0, 4, 11).initiator.sends(mainMode(1));
    refused.at(0.1, 4.1, 11.1).responder.sends(clearNotifyV1(14));
    refused.at(20).initiator.sends(scanV1({ sa: own }));
    refused.at(20.05).responder.sends(clearNotifyV1(14, { sa: own }));
    const judgement = refused.endsAt(60).judge();
    expect(faults(judgement)).toEqual([REFUSED]);
    expect(judgement.headline).not.toContain("scan");
  });
});

describe("a client of IKEv2 that announces nothing", () => {
  const refused = (times: number): ReturnType<Scenario["judge"]> => {
    const talk = scenario();
    for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].slice(0, times).entries()) {
      talk.at(index * 5).initiator.sends(ikeSaInit({ sa, natDetection: "none" }));
      talk.at(index * 5 + 0.05).responder.sends(initNotify(14, undefined, { sa }));
    }
    return talk.endsAt(60).judge();
  };

  it("may be a scanner where it is refused once, and is no scanner where it tries again", () => {
    expect(suspicions(refused(1))).toEqual([REFUSED]);
    expect(finding(refused(1), REFUSED).rivals?.[0]?.code).toBe(CODE);
    expect(faults(refused(3))).toEqual([REFUSED]);
    expect(refused(3).status).toBe("failing");
  });
});

describe("ike-scanned is not said", () => {
  it("of an old client that announces nothing: its refusal is certain, with the scan as a rival", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(bareMainMode(SWEEP));
    talk.at(0.05).responder.sends(clearNotifyV1(14));
    const found = finding(talk.endsAt(60).judge(), REFUSED);
    expect(found).toMatchObject({ severity: "critical", confidence: "certain" });
    expect(found.rivals.map(({ code }) => code)).toContain(CODE);
  });

  it("of one offer in the scanners' order: the refusal is suspected", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(scanV1({ offer: [single(5, 1)] }));
    talk.at(0.05).responder.sends(clearNotifyV1(14));
    const judgement = talk.endsAt(60).judge();
    expect(judgement.status).toBe("suspected");
    expect(suspicions(judgement)).toEqual([REFUSED]);
  });

  it("of the same offer again and again, or of three different ones", () => {
    for (const offers of [
      [1, 2, 3, 4, 5].map(() => [single(5, 1)]),
      [[single(5, 1)], [single(5, 2)], [single(1, 1)]],
    ]) {
      const talk = scenario();
      refuses(talk, offers);
      expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
    }
  });

  it("of offers that somebody tries out by hand, minutes apart", () => {
    const offers = [[single(5, 1)], [single(5, 2)], [single(1, 1)], [single(1, 2)]];
    const talk = scenario();
    refuses(talk, offers, 90);
    expect(codes(talk.endsAt(600).judge())).not.toContain(CODE);

    const series = scenario();
    refuses(series, offers, 5);
    expect(codes(series.endsAt(600).judge())).toEqual([CODE]);
  });

  it("where one of the openings goes on", () => {
    const talk = scenario();
    const sa = talk.newSa();
    talk.at(0).initiator.sends(scanV1({ sa }));
    talk.at(0.05).responder.sends(clearNotifyV1(14, { sa }));
    talk.at(5).initiator.sends(scanV1());
    talk.at(5.05).responder.sends(mainMode(2));
    talk.at(5.1).initiator.sends(mainMode(3));
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
