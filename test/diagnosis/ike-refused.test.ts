import { describe, expect, it } from "vitest";
import { notify } from "../support/ike/payloads-v2.js";
import {
  aggressiveMode,
  clear,
  clearNotifyV1,
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
  initNotify,
  mainMode,
  opens,
  type Message,
  scenario,
  setsUp,
  suspicions,
  transaction,
} from "../support/scenario/index.js";

const CODE = "ike-refused";

/** A response in clear with one error notify. */
const clearAnswer = (exchange: number, id: number, type: number): Message => ({
  encode: (envelope) =>
    clear(envelope, {
      exchange,
      id,
      spi: envelope.sa.responderSpi,
      response: true,
      payloads: [notify(type)],
    }),
});

describe("ike-refused", () => {
  it.each([
    [7, "INVALID_SYNTAX"],
    [24, "AUTHENTICATION_FAILED"],
    [34, "SINGLE_PAIR_REQUIRED"],
    [9000, "PRIVATE_USE_9000"],
  ])("fires on error %i of IKE_SA_INIT, which no other finding stands for", (type, name) => {
    const talk = scenario();
    const [request] = talk.at(0).initiator.sends(ikeSaInit());
    const [answer] = talk.at(0.1).responder.sends(initNotify(type));
    const judgement = talk.endsAt(0.2).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_SA_INIT" });
    expect(found.headline).toBe(`198.51.100.20 refuses IKE_SA_INIT request of 192.0.2.10: ${name}`);
    expect(evidence(found)).toEqual([request?.number, answer?.number]);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("says what the error means", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(initNotify(7));
    expect(finding(talk.endsAt(1).judge(), CODE).summary).toContain("a field of it is out of range");
  });

  it("is possible where the error passes, until the capture goes on without another attempt", () => {
    const busy = (end: number) => {
      const talk = scenario();
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.1).responder.sends(initNotify(43));
      return finding(talk.endsAt(end).judge(), CODE);
    };
    expect(busy(2).confidence).toBe("possible");
    expect(busy(20).confidence).toBe("likely");
  });

  it("fires where IKE_AUTH is answered in clear", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(clearAnswer(35, 1, 7));
    const judgement = talk.endsAt(1).judge();
    expect(finding(judgement, CODE).phase).toBe("IKE_AUTH");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it.each([
    [7, true],
    [1, false],
  ])(
    "names EAP among the steps where IKE_AUTH is answered with INVALID_SYNTAX (notify %d: %s)",
    (type, names) => {
      const talk = scenario();
      opens(talk);
      talk.at(0.2, 1.2).initiator.sends(ikeAuth());
      talk.at(0.3, 1.3).responder.sends(clearAnswer(35, 1, type));
      const steps = finding(talk.endsAt(30).judge(), CODE)?.remedies.map(String) ?? [];
      expect(steps.some((step) => step.includes("EAP"))).toBe(names);
    },
  );

  it("leaves AUTHENTICATION_FAILED in clear behind IKE_SA_INIT to authentication-failed", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(clearAnswer(35, 1, 24));
    const judgement = talk.endsAt(1).judge();
    expect(finding(judgement, "authentication-failed")).toMatchObject({ confidence: "likely" });
    expect(codes(judgement)).not.toContain(CODE);
  });

  it.each([
    [1, "INVALID-PAYLOAD-TYPE"],
    [15, "BAD-PROPOSAL-SYNTAX"],
    [16, "PAYLOAD-MALFORMED"],
  ])("fires on error %i in answer to Main Mode 1, however long that is repeated", (type, name) => {
    const talk = scenario();
    talk.at(0, 4, 12, 24).initiator.sends(mainMode(1));
    talk.at(0.1, 4.1, 12.1, 24.1).responder.sends(clearNotifyV1(type));
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).headline).toBe(
      `198.51.100.20 refuses Main Mode 1 of 192.0.2.10: ${name}`,
    );
    expect(faults(judgement)).toEqual([CODE]);
    expect(codes(judgement)).not.toContain("ike-init-unanswered");
  });

  it("fires where the initiator refuses an answer of main mode", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1));
    talk.at(0.1).responder.sends(mainMode(2));
    talk.at(0.2).initiator.sends(clearNotifyV1(14));
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).headline).toBe(
      "192.0.2.10 refuses Main Mode 2 of 198.51.100.20: NO-PROPOSAL-CHOSEN",
    );
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("says that the SA is unknown to who answers Main Mode 5 so, and blames no key", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1));
    talk.at(0.1).responder.sends(mainMode(2));
    talk.at(0.2).initiator.sends(mainMode(3));
    talk.at(0.3).responder.sends(mainMode(4));
    talk.at(0.4).initiator.sends(mainMode(5));
    talk.at(0.5).responder.sends(clearNotifyV1(4));
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual([CODE]);
    expect(finding(judgement, CODE).summary).toContain("it was restarted or deleted the SA");
  });

  it("is possible where the capture holds the error alone", () => {
    const talk = scenario();
    talk.at(0).responder.sends(clearNotifyV1(16));
    const judgement = talk.endsAt(1).judge();
    expect(suspicions(judgement)).toEqual([CODE]);
  });

  it("is a warning where a later attempt comes up", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(initNotify(7));
    setsUp(talk, { from: 5, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });

  it("stays silent where a normal answer overrides the claim", () => {
    const init = scenario();
    init.at(0).initiator.sends(ikeSaInit());
    init.at(0.01).responder.sends(initNotify(7));
    setsUp(init, { from: 0.02 });
    expect(codes(init.endsAt(10).judge())).not.toContain(CODE);
    const auth = scenario();
    auth.at(0).initiator.sends(ikeSaInit());
    auth.at(0.1).responder.sends(ikeSaInitAnswer());
    auth.at(0.2).initiator.sends(ikeAuth());
    auth.at(0.22).responder.sends(clearAnswer(35, 1, 7));
    auth.at(0.25).responder.sends(ikeAuthAnswer());
    const judgement = auth.endsAt(10).judge();
    expect(codes(judgement)).not.toContain(CODE);
    expect(judgement.tunnels[0]?.status).toBe("up");
  });

  it("stays silent behind the setup, and where the notify only informs", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1).initiator.sends(informational());
    talk.at(1.1).responder.sends(clearAnswer(37, 2, 7));
    talk.at(2).initiator.sends(createChild({ id: 3 }));
    talk.at(2.1).responder.sends(createChildAnswer({ id: 3 }));
    expect(codes(talk.endsAt(10).judge())).not.toContain(CODE);
    const told = scenario();
    told.at(0).initiator.sends(mainMode(1));
    told.at(0.1).responder.sends(clearNotifyV1(27));
    expect(codes(told.endsAt(1).judge())).not.toContain(CODE);
  });

  it("stays silent where XAUTH goes on behind the error", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    talk.at(0.1).responder.sends(aggressiveMode(2));
    talk.at(0.2).initiator.sends(aggressiveMode(3));
    talk.at(0.3).responder.sends(clearNotifyV1(1));
    talk.at(0.4).responder.sends(transaction());
    talk.at(0.5).initiator.sends(transaction());
    expect(codes(talk.endsAt(1).judge())).not.toContain(CODE);
  });

  it("fires where a filter on UDP 4500 has left the authentication alone", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(clearAnswer(35, 1, 7));
    const judgement = talk.endsAt(1).judge(({ port }) => port === 4500);
    expect(finding(judgement, CODE).phase).toBe("IKE_AUTH");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("leaves an error about an SA that is not known to others", () => {
    const talk = scenario();
    talk.at(0).responder.sends(clearNotifyV1(4));
    expect(codes(talk.endsAt(1).judge())).not.toContain(CODE);
  });
});
