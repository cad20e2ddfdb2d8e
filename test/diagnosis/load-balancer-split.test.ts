import { describe, expect, it } from "vitest";
import { filler } from "../support/ike/bytes.js";
import {
  accusations,
  codes,
  cookieDemand,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  numbers,
  opens,
  type SaSpis,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
  traffic,
  unknownIkeSpi,
  wantsGroup,
} from "../support/scenario/index.js";

const CODE = "load-balancer-split";

/** The answer of another host: the same initiator SPI, a responder SPI of its own. */
const otherHost = (talk: Scenario): SaSpis => ({ ...talk.sa, responderSpi: "cccccccc00000009" });

interface Answers {
  /** Seconds at which the request is sent, and at which each of the two SPIs is given. */
  readonly tries: readonly number[];
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Hops that the second answer has passed beyond those of the first. */
  readonly hops?: number;
}

function acceptedTwice(talk: Scenario, { tries, first, second, hops = 0 }: Answers) {
  const request = talk.at(...tries).initiator.sends(ikeSaInit());
  const one = talk.at(...first).responder.sends(ikeSaInitAnswer());
  talk.responder.ttl -= hops;
  const other = talk.at(...second).responder.sends(ikeSaInitAnswer({ sa: otherHost(talk) }));
  talk.responder.ttl += hops;
  return [...request, ...one, ...other];
}

describe("load-balancer-split by two responder SPIs", () => {
  it("fires where two hosts accept one request, to decide: their TTLs", () => {
    const talk = scenario({ floats: true });
    const frames = acceptedTwice(talk, { tries: [0, 4], first: [0.1], second: [4.1], hops: 1 });
    talk.at(4.2, 8.2, 15.4).initiator.sends(ikeAuth({ sa: otherHost(talk) }));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "IKE_SA_INIT" });
    expect(found.headline).toContain("bbbbbbbb00000001 and cccccccc00000009");
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual([CODE]);
  });

  it.each([
    ["the SPIs alternate", { tries: [0, 4, 11], first: [0.1, 11.1], second: [4.1] }],
    ["both answer one try", { tries: [0], first: [0.1], second: [0.12] }],
  ])("fires where %s", (_name, answers) => {
    const talk = scenario();
    acceptedTwice(talk, answers);
    expect(faults(talk.endsAt(60).judge())).toEqual([CODE]);
  });

  it("is likely where several signs agree", () => {
    const talk = scenario();
    acceptedTwice(talk, { tries: [0], first: [0.1], second: [0.12], hops: 2 });
    expect(finding(talk.endsAt(60).judge(), CODE).confidence).toBe("likely");
  });

  it("is an explanation where the tunnel comes up all the same", () => {
    const talk = scenario();
    acceptedTwice(talk, { tries: [0], first: [0.1], second: [0.12], hops: 2 });
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(ikeAuthAnswer());
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).severity).toBe("info");
    expect(judgement.status).toBe("healthy");
  });

  it.each([
    ["restarts between two tries", { tries: [0, 4], first: [0.1], second: [4.1] }],
    ["has forgotten the half-open IKE SA", { tries: [0, 42], first: [0.1], second: [42.1], hops: 1 }],
  ])("stays silent where the responder %s", (_name, answers) => {
    const talk = scenario();
    acceptedTwice(talk, answers);
    const sa = otherHost(talk);
    const { tries } = answers;
    talk.at((tries[1] ?? 0) + 0.2).initiator.sends(ikeAuth({ sa }));
    talk.at((tries[1] ?? 0) + 0.3).responder.sends(ikeAuthAnswer({ sa }));
    const judgement = talk.endsAt(90).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("stays silent where COOKIE or INVALID_KE_PAYLOAD came under another SPI", () => {
    for (const before of [cookieDemand, () => wantsGroup(19)]) {
      const talk = scenario();
      talk.at(0).initiator.sends(ikeSaInit({ group: 14 }));
      const { encode } = before();
      talk.at(0.1).responder.sends({
        opens: true,
        encode: (envelope) => {
          const bytes = encode(envelope).slice();
          bytes.set(filler(8, 3), 8);
          return bytes;
        },
      });
      setsUp(talk, { from: 0.2 });
      expect(accusations(talk.endsAt(60).judge())).toEqual([]);
    }
  });

  it("stays silent about copies of one answer", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit(), { copies: 2 });
    talk.at(0.05).responder.sends(ikeSaInitAnswer(), { copies: 2 });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.15).responder.sends(ikeAuthAnswer());
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe(CODE, () => {
  it("adds that TTL and IP identifications differ between the ports, where they do", () => {
    const talk = scenario({ floats: true });
    for (const [index, sa] of [talk.sa, talk.newSa()].entries()) {
      opens(talk, { from: index * 10, sa });
      talk.at(index * 10 + 0.1).initiator.sends(ikeAuth({ sa }));
      talk.responder.ttl -= 1;
      talk.at(index * 10 + 0.2).responder.sends(unknownIkeSpi({ sa }), { identification: 9000 + index });
      talk.responder.ttl += 1;
    }
    const { summary } = finding(talk.endsAt(60).judge(), CODE);
    expect(summary).toContain("the TTL of the two answers differs too (57 and 56)");
    expect(summary).toContain("the IP identifications of the answers from the two ports count up apart");
  });

  it("fires where IKE_AUTH on 4500 is met by INVALID_IKE_SPI in clear", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const [request] = talk.at(0.1).initiator.sends(ikeAuth());
    const [answer] = talk.at(0.2).responder.sends(unknownIkeSpi());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", phase: "IKE_AUTH", provenance: "inferred" });
    expect(evidence(found)).toEqual([2, request?.number, answer?.number]);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is likely where each attempt ends so", () => {
    const talk = scenario({ floats: true });
    for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
      opens(talk, { from: index * 10, sa });
      talk.at(index * 10 + 0.1).initiator.sends(ikeAuth({ sa }));
      talk.at(index * 10 + 0.2).responder.sends(unknownIkeSpi({ sa }));
    }
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).confidence).toBe("likely");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is a warning where the next attempt comes up", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(unknownIkeSpi());
    setsUp(talk, { from: 10, sa: talk.newSa() });
    expect(finding(talk.endsAt(60).judge(), CODE).severity).toBe("warning");
  });

  it("stays silent where the claim is forged, and is possible where the capture ends with it", () => {
    const forged = scenario({ floats: true });
    opens(forged);
    forged.at(0.1).initiator.sends(ikeAuth());
    forged.at(0.12).responder.sends(unknownIkeSpi());
    forged.at(0.15).responder.sends(ikeAuthAnswer());
    traffic(forged, 1, 3);
    expect(codes(forged.endsAt(30).judge())).not.toContain(CODE);
    const short = scenario({ floats: true });
    opens(short);
    short.at(0.1).initiator.sends(ikeAuth());
    short.at(0.2).responder.sends(unknownIkeSpi());
    expect(suspicions(short.endsAt(1).judge())).toEqual([CODE]);
  });
});
