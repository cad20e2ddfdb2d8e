import { describe, expect, it } from "vitest";
import type { Keeps } from "../support/scenario/scenario.js";
import {
  accusations,
  behindNat,
  codes,
  dialogue,
  evidence,
  finding,
  informational,
  informationalAnswer,
  INSIDE,
  NAT,
  mainModeUp,
  quickMode,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "nat-keepalive-missing";

/** Traffic, a pause, DPD, traffic again. */
function withPause(talk: Scenario, until: number): void {
  setsUp(talk);
  traffic(talk, 1, 10);
  talk.at(until).initiator.sends(informational());
  talk.at(until + 0.1).responder.sends(informationalAnswer());
  talk.at(until + 1, until + 2, until + 3).initiator.esp({ sequence: 19 });
  talk.at(until + 1.1, until + 2.1, until + 3.1).responder.esp({ sequence: 19 });
}

describe(CODE, () => {
  it("fires where the tunnel pauses for longer than 30 s and no keepalive ever comes", () => {
    const talk = behindNat();
    withPause(talk, 70);
    const judgement = talk.endsAt(80).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "likely", phase: null });
    expect(found.headline).toBe("192.0.2.10, behind NAT, sends nothing for 60.5 s: no keepalives");
    // The last ESP packet before the pause, the DPD request behind it.
    expect(evidence(found)).toEqual([40, 41]);
    expect(accusations(judgement)).toEqual([CODE]);
  });

  it.each([
    ["fires for a pause of an hour", 3600, true],
    ["takes a pause that no SA lasts for a clock that was set", 100_000, false],
  ])("%s", (_, until, fires) => {
    const talk = behindNat();
    withPause(talk, until);
    expect(codes(talk.endsAt(until + 10).judge()).includes(CODE)).toBe(fires);
  });

  it("is silent where the capture shows nothing of that side: it may have sent keepalives", () => {
    const talk = behindNat();
    withPause(talk, 70);
    const isOfResponder: Keeps = ({ bytes }) => bytes.slice(26, 30).join(".") === "198.51.100.20";
    // In the IKE SA that a rekey of the responder made, it stands for the initiator.
    const rekeyed = talk.host("198.51.100.20");
    talk.between(rekeyed, talk.initiator, 75).sends(informational({ sa: talk.newSa() }));
    expect(codes(talk.endsAt(80).judge(isOfResponder))).not.toContain(CODE);
  });

  it("finds a pause within one stream", () => {
    const talk = behindNat();
    setsUp(talk);
    talk.at(1, 2, 50, 51).initiator.esp();
    talk.at(1.1, 2.1, 50.1, 51.1).responder.esp();
    expect(evidence(finding(talk.endsAt(60).judge(), CODE))).toEqual([8, 9]);
  });

  it.each([
    ["with keepalives", (talk: Scenario) => void talk.at(30, 50).initiator.keepalive()],
    ["with a keepalive before the pause", (talk: Scenario) => void talk.at(0.5).initiator.keepalive()],
    [
      "while the other side sends",
      (talk: Scenario) => void talk.at(25, 45, 60).responder.esp({ sequence: 19 }),
    ],
  ])("is silent %s", (_name, tell) => {
    const talk = behindNat();
    withPause(talk, 70);
    tell(talk);
    expect(codes(talk.endsAt(80).judge())).not.toContain(CODE);
  });

  it("is silent about a pause of 25 s", () => {
    const talk = behindNat();
    withPause(talk, 35);
    expect(accusations(talk.endsAt(40).judge())).toEqual([]);
  });

  it("is silent without a translator", () => {
    const talk = scenario({ floats: true });
    withPause(talk, 70);
    expect(accusations(talk.endsAt(80).judge())).toEqual([]);
  });

  it("is silent where the responder is behind NAT: its mapping is a fixed one", () => {
    const talk = scenario({
      floats: true,
      responder: { address: "10.9.0.5", nat: { address: "198.51.100.20", port500: 500, port4500: 4500 } },
    });
    withPause(talk, 70);
    expect(accusations(talk.endsAt(80).judge())).toEqual([]);
  });

  it("is silent where a rekey of the responder comes first, and the hashes of a later setup show the initiator", () => {
    const talk = scenario({
      floats: true,
      initiator: { address: INSIDE, nat: NAT, seen: "inside" },
    });
    talk.at(20, 40).initiator.keepalive();
    talk.at(0).responder.sends(quickMode(1));
    talk.at(0.05).initiator.sends(quickMode(2));
    talk.at(0.1).responder.sends(quickMode(3));
    dialogue(talk, [1, 2, 3]);
    mainModeUp(talk, { from: 45, sa: talk.newSa() });
    dialogue(talk, [46, 47, 48]);
    const judgement = talk.endsAt(50).judge();
    expect(accusations(judgement)).toEqual([]);
    const [judged] = judgement.tunnels;
    const behind = [judged?.nat?.initiatorBehindNat, judged?.nat?.responderBehindNat];
    expect(behind[judged?.tunnel.addresses.indexOf(INSIDE) ?? 2]).toBe(true);
    expect(behind[judged?.tunnel.addresses.indexOf("198.51.100.20") ?? 2]).not.toBe(true);
  });

  it("is silent about the time after the end of a tunnel", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(11).initiator.sends(informational({ inner: 8 }));
    talk.at(11.1).responder.sends(informationalAnswer());
    setsUp(talk, { from: 100, sa: talk.newSa() });
    expect(codes(talk.endsAt(120).judge())).not.toContain(CODE);
  });

  it("stays silent where the capture holds IKE only, so that keepalives may have been filtered out", () => {
    const talk = behindNat();
    setsUp(talk);
    for (const [round, at] of [60, 120, 180].entries()) {
      talk.at(at).initiator.sends(informational({ id: round + 2 }));
      talk.at(at + 0.1).responder.sends(informationalAnswer({ id: round + 2 }));
    }
    expect(codes(talk.judge())).not.toContain(CODE);
  });
});
