import { describe, expect, it } from "vitest";
import { notify } from "../support/ike/payloads-v2.js";
import {
  clear,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  type Message,
  opens,
  type SaSpis,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "load-balancer-split";

/** INVALID_IKE_SPI in clear, with the SPIs, Message ID and exchange type of the request (RFC 7296 1.5). */
const stranger = (sa?: SaSpis): Message => ({
  ...(sa === undefined ? {} : { sa }),
  encode: (envelope) =>
    clear(envelope, {
      exchange: 35,
      id: 1,
      spi: envelope.sa.responderSpi,
      response: true,
      payloads: [notify(4)],
    }),
});

describe(CODE, () => {
  it("fires where IKE_AUTH on 4500 is met by INVALID_IKE_SPI in clear", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const [request] = talk.at(0.1).initiator.sends(ikeAuth());
    const [answer] = talk.at(0.2).responder.sends(stranger());
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
      talk.at(index * 10 + 0.2).responder.sends(stranger(sa));
    }
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).confidence).toBe("likely");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is a warning where the next attempt comes up", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(stranger());
    setsUp(talk, { from: 10, sa: talk.newSa() });
    expect(finding(talk.endsAt(60).judge(), CODE).severity).toBe("warning");
  });

  it("stays silent where the claim is forged, or the capture ends with it", () => {
    const forged = scenario({ floats: true });
    opens(forged);
    forged.at(0.1).initiator.sends(ikeAuth());
    forged.at(0.12).responder.sends(stranger());
    forged.at(0.15).responder.sends(ikeAuthAnswer());
    traffic(forged, 1, 3);
    expect(codes(forged.endsAt(30).judge())).not.toContain(CODE);
    const short = scenario({ floats: true });
    opens(short);
    short.at(0.1).initiator.sends(ikeAuth());
    short.at(0.2).responder.sends(stranger());
    expect(codes(short.endsAt(1).judge())).not.toContain(CODE);
  });
});
