import { describe, expect, it } from "vitest";
import { type FrameRef, frameRef } from "../../src/bytes/frame.js";
import type { JudgedTunnel } from "../../src/diagnosis/judgement.js";
import { renderText } from "../../src/index.js";
import { comparisonTexts } from "../../src/report/words.js";
import { inEnglish } from "../../src/texts/texts.js";
import type { ProposalOptions } from "../support/ike/payloads-v2.js";
import type { Role } from "../../src/session/model.js";
import type { Peer } from "../support/scenario/peer.js";
import {
  authRefusal,
  dialogue,
  every,
  faults,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  noProposalChosen,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

function comparison(workedFrame: FrameRef, failedFrame: FrameRef): JudgedTunnel {
  const talk = scenario();
  setsUp(talk);
  const [tunnel] = talk.endsAt(60).judge().tunnels;
  if (tunnel === undefined) throw new Error("the setup must give a tunnel");
  return { ...tunnel, comparison: { workedFrame, failedFrame, changes: [] } };
}

const ARCHAIC: ProposalOptions = { encr: [[3]], prf: [2], integ: [2], group: [2] };

describe("a setup that worked beside one that failed", () => {
  it("is left out where the tunnel is up, and the later setup only under way", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 61));
    const sa = talk.newSa();
    talk.at(60).initiator.sends(ikeSaInit({ sa }));
    talk.at(60.1).responder.sends(ikeSaInitAnswer({ sa }));
    const judgement = talk.endsAt(61).judge();
    expect(judgement.status).toBe("up");
    expect(judgement.tunnels[0]?.comparison).toBeNull();
  });

  it("shows what the two did differently", () => {
    const talk = scenario();
    setsUp(talk);
    const sa = talk.newSa();
    const [opening] = talk.at(60).initiator.sends(ikeSaInit({ sa, offers: [ARCHAIC], group: 2 }));
    talk.at(60.1).responder.sends(noProposalChosen({ sa }));
    const judgement = talk.endsAt(120).judge();
    const comparison = judgement.tunnels[0]?.comparison;
    expect(comparison?.workedFrame).toBe(1);
    expect(comparison?.failedFrame).toBe(opening?.number);
    expect(comparison?.changes.map(({ what }) => what)).toEqual(["offer", "group of the first key"]);
    expect(comparison?.changes[0]?.failed).toContain("3DES");
    expect(renderText(judgement)).toContain("what differs:");
    expect(renderText(judgement)).toContain(
      `the setup at frame ${opening?.number} failed, the one at frame 1`,
    );
  });

  it("names the files of both among several, as the tables do", () => {
    const judged = comparison(frameRef(0, 8), frameRef(1, 4));
    expect(inEnglish(comparisonTexts(judged, true)?.head ?? "")).toContain(
      "the setup at frame 2:4 failed, the one at frame 1:8 worked",
    );
  });

  /** A tunnel that works, and a setup anew from port 4500 that is answered so far. */
  function anewFrom4500(answers: "all" | "nothing"): Scenario {
    const talk = scenario({ floats: true });
    setsUp(talk);
    const sa = talk.newSa();
    const [from, to] = [on4500(talk, "initiator"), on4500(talk, "responder")];
    talk.between(from, to, 60, 64, 71.2).sends(ikeSaInit({ sa }));
    if (answers === "nothing") return talk.endsAt(120);
    talk.between(to, from, 60.05).sends(ikeSaInitAnswer({ sa }));
    talk.between(from, to, 60.1).sends(ikeAuth({ sa }));
    talk.between(to, from, 60.15).sends(authRefusal({ sa }));
    return talk.endsAt(120);
  }

  /** The peer, when it has moved to the port of NAT traversal. */
  function on4500(talk: Scenario, role: Role): Peer {
    return talk.host(talk[role].address, { port500: 4500 }, role);
  }

  it("counts neither port 4500 for the setup anew nor the length of the refusal as a difference", () => {
    const judgement = anewFrom4500("all").judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(judgement.tunnels[0]?.comparison?.changes).toEqual([]);
  });

  it("names port 4500 where nobody answers on it", () => {
    const { comparison } = anewFrom4500("nothing").judge().tunnels[0] ?? {};
    expect(comparison?.changes.map(({ what }) => what)).toEqual(["initiator's port", "responder's port"]);
  });

  it("says so where nothing in clear differs", () => {
    const talk = scenario();
    setsUp(talk);
    const sa = talk.newSa();
    talk.at(60, 64, 71.2).initiator.sends(ikeSaInit({ sa }));
    const comparison = talk.endsAt(120).judge().tunnels[0]?.comparison;
    expect(comparison?.changes).toEqual([]);
  });

  it("is not there where all setups worked, or none", () => {
    const healthy = scenario();
    setsUp(healthy);
    expect(healthy.endsAt(60).judge().tunnels[0]?.comparison).toBeNull();
    const failing = scenario();
    failing.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    expect(failing.endsAt(60).judge().tunnels[0]?.comparison).toBeNull();
  });
});
