import { describe, expect, it } from "vitest";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage } from "../support/ike/message.js";
import { nonce, sa } from "../support/ike/payloads-v2.js";
import {
  accusations,
  codes,
  evidence,
  finding,
  ikeSaInit,
  type Message,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** IKE_SA_INIT whose header declares more than there is. */
const tooLong: Message = {
  encode: ({ sa: { initiatorSpi } }) =>
    ikeMessage({ exchange: 34, initiatorSpi, payloads: [sa(), nonce()], declaredLength: 900 }),
};

/** A payload that runs over the end of the message. */
const brokenChain: Message = {
  encode: ({ sa: { initiatorSpi } }) =>
    ikeMessage({
      exchange: 34,
      initiatorSpi,
      payloads: [sa(), { type: 40, body: filler(16, 1), declaredLength: 400 }],
    }),
};

describe("ike-malformed", () => {
  it.each([
    ["a length beyond the datagram", tooLong],
    ["a payload beyond the message", brokenChain],
  ])("fires on %s, and names the frames", (_what, message) => {
    const talk = scenario();
    const frames = talk.at(0, 4).initiator.sends(message);
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "ike-malformed");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", provenance: "observed" });
    expect(evidence(found)).toEqual(frames.map(({ number }) => number));
    expect(found.headline).toContain("2 IKE messages");
  });

  it("keeps its text short, however many there are", () => {
    const talk = scenario();
    talk.at(...Array.from({ length: 50 }, (_, index) => index)).initiator.sends(tooLong);
    const found = finding(talk.endsAt(60).judge(), "ike-malformed");
    expect(found.evidence.length).toBeLessThan(5);
    expect(found.evidence.every(({ text }) => text.length <= 120)).toBe(true);
  });

  it("says that there are more than a tunnel keeps", () => {
    const talk = scenario();
    talk.at(...Array.from({ length: 70 }, (_, index) => index)).initiator.sends(tooLong);
    const found = finding(talk.endsAt(90).judge(), "ike-malformed");
    expect(found.headline).toContain("at least 64 IKE messages");
  });

  it("is an explanation where the tunnel comes up all the same", () => {
    const talk = scenario();
    talk.at(0).initiator.sends({ ...brokenChain, sa: talk.newSa() });
    setsUp(talk, { from: 1 });
    traffic(talk, 2, 4);
    const judgement = talk.endsAt(10).judge();
    expect(finding(judgement, "ike-malformed").severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("is what an unanswered request names first", () => {
    const talk = scenario();
    talk.at(0, 4, 11, 24).initiator.sends(brokenChain);
    const found = finding(talk.endsAt(60).judge(), "ike-init-unanswered");
    expect(found.rivals[0]?.code).toBe("ike-malformed");
    expect(found.summary).toContain("cannot be read as its header says");
  });

  it("stays silent where fragments are missing", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit(), { ipFragments: 200, kept: [0] });
    expect(codes(talk.endsAt(60).judge())).not.toContain("ike-malformed");
  });

  it("stays silent on what has not even a header", () => {
    const talk = scenario();
    talk.at(0, 1, 2).initiator.raw(Uint8Array.of(1, 2, 3));
    talk.at(0, 1, 2).initiator.raw(Uint8Array.of(0), 4500);
    expect(codes(talk.endsAt(60).judge())).not.toContain("ike-malformed");
  });
});
