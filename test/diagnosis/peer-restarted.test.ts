import { describe, expect, it } from "vitest";
import { ikeMessage } from "../support/ike/message.js";
import { notify } from "../support/ike/payloads-v2.js";
import {
  clearNotifyV1,
  codes,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  informationalV1,
  mainModeUp,
  numbers,
  quickModeUp,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** Response in clear to Message ID 2 of the initiator. */
const invalidIkeSpi = {
  encode: ({ sa }: { readonly sa: { readonly initiatorSpi: string; readonly responderSpi: string } }) =>
    ikeMessage({
      exchange: 37,
      initiatorSpi: sa.initiatorSpi,
      responderSpi: sa.responderSpi,
      flags: 0x20,
      messageId: 2,
      payloads: [notify(4)],
    }),
};

describe("peer-restarted", () => {
  it("warns where the side that ignores the old IKE SA begins a new one itself", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    const checks = talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    setsUp(talk, { from: 60, sa: talk.newSa("responder") });
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, "peer-restarted");
    expect(found.severity).toBe("warning");
    expect(evidence(found)).toEqual(expect.arrayContaining(numbers(checks.slice(0, 2))));
    expect(faults(judgement)).toEqual([]);
    expect(judgement.headline).toContain("; later IKEv2 is up");
  });

  it("warns where the peer says INVALID_IKE_SPI in clear", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    const [ask] = talk.at(30).initiator.sends(informational());
    const [answer] = talk.at(30.1).responder.sends(invalidIkeSpi);
    const found = finding(talk.endsAt(200).judge(), "peer-restarted");
    expect(found.mended).toBe(false);
    expect(evidence(found)).toEqual([ask?.number, answer?.number]);
  });

  /** A ping each second, which the responder answers for a minute, and then says that it does not know the IKE SA. */
  const forgets = () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 60));
    talk.at(...every(1, 60, 120)).initiator.esp();
    talk.at(75).initiator.sends(informational());
    talk.at(75.1).responder.sends(invalidIkeSpi);
    return talk;
  };

  it("is critical, and the one cause, where the ESP of that peer has stopped too", () => {
    const judgement = forgets().endsAt(120).judge();
    expect(finding(judgement, "peer-restarted")).toMatchObject({
      severity: "critical",
      confidence: "likely",
    });
    expect(faults(judgement)).toEqual(["peer-restarted"]);
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it("knows the notify of IKEv1", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    dialogue(talk, every(1, 1, 60));
    talk.at(...every(1, 60, 120)).initiator.esp();
    const [ask] = talk.at(75).initiator.sends(informationalV1());
    const [answer] = talk.at(75.1).responder.sends(clearNotifyV1(4));
    const judgement = talk.endsAt(120).judge();
    const found = finding(judgement, "peer-restarted");
    expect(found.severity).toBe("critical");
    expect(found.headline).toContain("(INVALID-COOKIE)");
    expect(evidence(found)).toEqual(expect.arrayContaining([ask?.number, answer?.number]));
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it("leaves ESP of one way to other findings where a new tunnel came up since", () => {
    const talk = forgets();
    setsUp(talk, { from: 80, sa: talk.newSa() });
    talk.at(...every(1, 81, 120)).initiator.esp({ spi: 0xc1000009 });
    const judgement = talk.endsAt(120).judge();
    expect(finding(judgement, "peer-restarted")).toMatchObject({ severity: "warning", mended: true });
    expect(codes(judgement)).toContain("esp-one-way");
  });

  it("only warns where ESP of both sides goes on, as of a message that somebody forged", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 120));
    talk.at(75).initiator.sends(informational());
    talk.at(75.1).responder.sends(invalidIkeSpi);
    expect(faults(talk.endsAt(120).judge())).toEqual([]);
  });

  /** The responder begins a new tunnel, which takes over the traffic. */
  const takesOver = (deletes: boolean) => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, 5, 10, 15).initiator.esp({ spi: 0xc1000001 });
    talk.at(1.1, 5.1, 10.1, 15.1).responder.esp({ spi: 0xc2000001 });
    const sa = talk.newSa("responder");
    setsUp(talk, { from: 20, sa });
    talk.at(21, 25, 30).initiator.esp({ spi: 0xc1000002 });
    talk.at(21.1, 25.1, 30.1).responder.esp({ spi: 0xc2000002 });
    if (deletes) {
      talk.at(20.2).responder.sends(informational({ id: 0, inner: 8 }));
      talk.at(20.3).initiator.sends(informationalAnswer({ id: 0 }));
    }
    return talk;
  };

  it("warns where the former responder's new tunnel takes over and nobody deletes the old one", () => {
    const found = finding(takesOver(false).endsAt(60).judge(), "peer-restarted");
    expect(found).toMatchObject({ severity: "warning", confidence: "possible" });
  });

  it("stays silent where the old one is deleted, and where the capture ends before that", () => {
    expect(codes(takesOver(true).endsAt(60).judge())).not.toContain("peer-restarted");
    expect(codes(takesOver(false).judge(({ time }) => time < 22))).not.toContain("peer-restarted");
  });

  it.each([
    ["last said something of the old one just before: that may be its delete", [12, 19.9], false],
    ["last checked it long before", [12], true],
  ])("is silent, without the algorithms, only where who begins anew %s", (_, said, isFound) => {
    const talk = takesOver(false);
    for (const [id, time] of said.entries()) {
      talk.at(time).responder.sends(informational({ id }));
      talk.at(time + 0.02).initiator.sends(informationalAnswer({ id }));
    }
    // The answer to IKE_SA_INIT, which chooses the algorithms, is not in the capture.
    const judgement = talk.endsAt(60).judge(({ time }) => time !== 0.05);
    expect(codes(judgement).includes("peer-restarted")).toBe(isFound);
  });

  it("stays silent about a new setup alone, whoever begins it", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    setsUp(talk, { from: 30, sa: talk.newSa("responder") });
    setsUp(talk, { from: 60, sa: talk.newSa() });
    expect(codes(talk.endsAt(200).judge())).not.toContain("peer-restarted");
  });

  it("stays silent where checks are answered late", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(30, 34, 41.2).initiator.sends(informational());
    talk.at(41.3).responder.sends(informationalAnswer());
    setsUp(talk, { from: 60, sa: talk.newSa("responder") });
    expect(codes(talk.endsAt(200).judge())).not.toContain("peer-restarted");
  });
});
