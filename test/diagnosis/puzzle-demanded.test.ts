import { describe, expect, it } from "vitest";
import { filler } from "../support/ike/bytes.js";
import { notify } from "../support/ike/payloads-v2.js";
import {
  accusations,
  clear,
  codes,
  cookieDemand,
  evidence,
  finding,
  ikeSaInit,
  type Message,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const puzzle: Message = {
  opens: true,
  encode: (envelope) =>
    clear(envelope, {
      exchange: 34,
      spi: "0000000000000000",
      response: true,
      payloads: [notify(16390, { data: filler(20, 9) }), notify(16434, { data: Uint8Array.of(0, 5, 16) })],
    }),
};

describe("puzzle-demanded", () => {
  it("fires on PUZZLE beside COOKIE", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const [demand] = talk.at(0.1).responder.sends(puzzle);
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "puzzle-demanded");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual([demand?.number]);
  });

  it("is an explanation where the setup goes on", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(puzzle);
    setsUp(talk, { from: 2 });
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "puzzle-demanded").severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("stays silent on COOKIE alone", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(cookieDemand());
    expect(codes(talk.endsAt(30).judge())).not.toContain("puzzle-demanded");
  });
});
