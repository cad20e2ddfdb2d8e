import { describe, expect, it } from "vitest";
import { headlineOf } from "../../src/diagnosis/headline.js";
import { renderText, toReport } from "../../src/index.js";
import { tunnelCells } from "../../src/report/csv.js";
import type { IkeSa } from "../../src/session/model.js";
import { inEnglish } from "../../src/texts/texts.js";
import {
  aggressiveModeUp,
  clearNotifyV1,
  evidence,
  finding,
  informationalV1,
  mainMode,
  mainModeUp,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  transaction,
} from "../support/scenario/index.js";

const INITIATOR = "192.0.2.10";

/** The IKE SA of a capture that lacks the first `missing` packets. */
function withoutFirst(talk: Scenario, missing: number): IkeSa {
  const [sa] = talk.model((_, index) => index >= missing).tunnels.flatMap(({ ikeSas }) => ikeSas);
  if (sa === undefined) throw new Error("no IKE SA is left");
  return sa;
}

/** "5 1/1": step, tries of request and response. */
function phase1(sa: IkeSa): string[] {
  return sa.exchanges
    .filter(({ exchangeType }) => exchangeType === 2 || exchangeType === 4)
    .map(({ step, request, response }) => `${step} ${request?.tries ?? 0}/${response?.tries ?? 0}`);
}

describe("the roles of an IKEv1 SA", () => {
  function wholeMainMode(): Scenario {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 }, 7);
    return talk;
  }

  it.each([
    ["1", 0, ["1 1/1", "3 1/1", "5 1/1"]],
    ["2, which chooses from the offer", 1, ["1 0/1", "3 1/1", "5 1/1"]],
    ["3, which the other key exchange answers", 2, ["3 1/1", "5 1/1"]],
    ["4, before the first sealed message", 3, ["3 0/1", "5 1/1"]],
    ["5, which the other sealed message answers", 4, ["5 1/1"]],
    ["6, before quick mode of the other peer", 5, ["5 0/1"]],
  ])("are known if the capture begins with main mode %s", (_, missing, expected) => {
    const sa = withoutFirst(wholeMainMode(), missing);
    expect(sa.initiator.address).toBe(INITIATOR);
    expect(sa.rolesProven).toBe(true);
    expect(phase1(sa)).toEqual(expected);
    expect(
      sa.exchanges.filter(({ exchangeType }) => exchangeType === 32).map((one) => one.startedBy),
    ).toEqual(["initiator", "initiator"]);
  });

  it.each([0, 1, 2])("are known if the capture begins %i messages into aggressive mode", (missing) => {
    const talk = scenario();
    aggressiveModeUp(talk);
    const sa = withoutFirst(talk, missing);
    expect([sa.initiator.address, sa.rolesProven]).toEqual([INITIATOR, true]);
  });

  it("are known by the XAUTH answer of the client after main mode 6", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).responder.sends(transaction({ messageId: 5 }));
    talk.at(2).initiator.sends(transaction({ messageId: 5 }));
    const sa = withoutFirst(talk, 5);
    expect([sa.initiator.address, sa.rolesProven]).toEqual([INITIATOR, true]);
    expect(sa.exchanges.map(({ startedBy }) => startedBy)).toEqual(["initiator", "responder"]);
  });

  it("are not taken from an order that is that of an answer and a retransmission", () => {
    const talk = scenario();
    // Main mode 3 came before the capture; its answer is lost behind the capture point, so it is repeated.
    const [asked, answer] = [mainMode(3), mainMode(4)];
    talk.at(0).responder.sends(answer);
    talk.at(4).initiator.sends(asked);
    expect(withoutFirst(talk, 0).rolesProven).toBe(false);
    talk.at(4.02).responder.sends(answer);
    const sa = withoutFirst(talk, 0);
    expect([sa.initiator.address, sa.rolesProven]).toEqual([INITIATOR, true]);
    expect(phase1(sa)).toEqual(["3 1/2"]);
  });

  it("are those of the answer that comes at once, however often a peer repeats itself", () => {
    const talk = scenario();
    const [asked, answer] = [mainMode(3), mainMode(4)];
    talk.at(0, 1, 3).responder.sends(answer);
    talk.at(0.9, 2.9).initiator.sends(asked);
    const sa = withoutFirst(talk, 0);
    expect([sa.initiator.address, sa.rolesProven]).toEqual([INITIATOR, true]);
  });

  it.each([
    ["main mode 6 alone", (talk: Scenario) => talk.at(0).responder.sends(mainMode(6))],
    ["main mode 4 that repeats", (talk: Scenario) => talk.at(0, 4, 11).responder.sends(mainMode(4))],
    ["quick mode", (talk: Scenario) => quickModeUp(talk)],
    ["liveness checks", (talk: Scenario) => talk.at(0).responder.sends(informationalV1())],
  ])("stay unknown where there is only %s", (_, plays) => {
    const talk = scenario();
    plays(talk);
    expect(withoutFirst(talk, 0).rolesProven).toBe(false);
  });

  it("are those of the side that is on port 4500 while the other still sends on 500 (RFC 3947 section 4)", () => {
    // The sealed message comes from the responder's address of the story, so that the roles have to be turned or not.
    for (const first of ["initiator", "responder"] as const) {
      const talk = scenario({ floats: true });
      const other = first === "initiator" ? "responder" : "initiator";
      talk.at(0, 4)[first].sends(mainMode(5));
      talk.at(5)[other].sends(clearNotifyV1(16), { port: 500 });
      const sa = talk.model().tunnels[0]?.ikeSas[0];
      expect([sa?.initiator.address, sa?.rolesProven]).toEqual([talk[first].address, true]);
    }
  });

  it("stay unproven while only one side is seen on port 4500: a responder may repeat Main Mode 6", () => {
    const talk = scenario({ floats: true });
    talk.at(0, 4).responder.sends(mainMode(6));
    expect(talk.model().tunnels[0]?.ikeSas[0]?.rolesProven).toBe(false);
  });

  it("are those of a NAT device's port while nothing proves them", () => {
    const talk = scenario({
      initiator: { address: "10.0.0.5", nat: { address: INITIATOR, port500: 1024, port4500: 1025 } },
    });
    talk.at(0).responder.sends(informationalV1());
    const sa = withoutFirst(talk, 0);
    expect([sa.initiator.address, sa.rolesProven]).toEqual([INITIATOR, false]);
  });

  it("are told by the flags in IKEv2, wherever the capture begins", () => {
    const talk = scenario();
    setsUp(talk);
    for (const missing of [1, 2, 3]) {
      const sa = withoutFirst(talk, missing);
      expect([sa.initiator.address, sa.rolesProven]).toEqual([INITIATOR, true]);
    }
  });
});

describe("a report of an IKEv1 SA whose roles nothing proves", () => {
  it("names addresses, and both messages that the only one may be", () => {
    const talk = scenario({ near: "responder" });
    talk.at(0).responder.sends(mainMode(6));
    talk.at(0.01).initiator.sends(informationalV1());
    const text = renderText(talk.judge());
    expect(text).toContain(
      "captured near 198.51.100.20: the TTL of 198.51.100.20 is still the initial value",
    );
    expect(text).toContain("Main Mode 5 or 6");
    expect(text).toContain("Nothing in the capture proves which peer is the initiator.");
    expect(text).not.toMatch(/near the (initiator|responder)/);
    expect(text).toContain("198.51.100.20 <-> 192.0.2.10");
  });

  it("gives no role in any form", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(mainMode(5));
    const judgement = talk.endsAt(20).judge();
    const [tunnel] = judgement.tunnels;
    if (tunnel === undefined) throw new Error("no tunnel");
    expect(toReport(judgement, "1").tunnels[0]?.peers.map(({ role }) => role)).toEqual([null, null]);
    const { peer1_role: one, peer2_role: other } = tunnelCells(tunnel);
    expect([one, other]).toEqual([null, null]);
    expect(inEnglish(headlineOf(judgement))).toMatch(/^192\.0\.2\.10 <-> 198\.51\.100\.20 /);
  });

  it("says with the first attempt of a message that the capture starts late", () => {
    const talk = scenario();
    const [first] = talk.at(0, 4, 11).initiator.sends(mainMode(5));
    const judgement = talk.endsAt(20).judge();
    expect(evidence(finding(judgement, "capture-starts-late"))).toEqual([first?.number]);
  });

  it("has them once they are proven", () => {
    const talk = scenario({ near: "responder" });
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    const text = renderText(talk.judge((_, index) => index >= 5));
    expect(text).toContain(
      "captured near the responder: the TTL of the responder is still the initial value",
    );
    expect(text).toContain("192.0.2.10 -> 198.51.100.20");
    expect(text).toContain("Main Mode 6");
    expect(text).not.toContain("Nothing in the capture proves");
  });
});

describe("quick mode in a capture that begins with its second message", () => {
  it("is begun by the peer that sends the hash", () => {
    const talk = scenario();
    talk.at(0).responder.sends(quickMode(2, { messageId: 7 }));
    talk.at(0.1).initiator.sends(quickMode(3, { messageId: 7 }));
    const { exchanges } = withoutFirst(talk, 0);
    const [asker, other] = exchanges.map(({ request, response }) =>
      (request ?? response)?.sightings.map(({ source }) => source.address),
    );
    expect(
      exchanges.map(({ step, request, response }) => [step, request !== null, response !== null]),
    ).toEqual([
      [1, false, true],
      [3, true, false],
    ]);
    expect([asker, other]).toEqual([["198.51.100.20"], [INITIATOR]]);
    expect(new Set(exchanges.map(({ startedBy }) => startedBy)).size).toBe(1);
  });

  it("is not turned by a second message as long as the first one", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(quickMode(1, { messageId: 7 }));
    talk.at(0.1).responder.sends(quickMode(2, { messageId: 7 }));
    const { exchanges } = withoutFirst(talk, 0);
    expect(exchanges.map(({ request, response }) => [request !== null, response !== null])).toEqual([
      [true, true],
    ]);
  });
});
