import { describe, expect, it } from "vitest";
import { type FrameRef, frameRef } from "../../src/bytes/frame.js";
import type { JudgedTunnel } from "../../src/diagnosis/judgement.js";
import { renderText } from "../../src/index.js";
import { comparisonTexts } from "../../src/report/words.js";
import { inEnglish } from "../../src/texts/texts.js";
import type { ProposalOptions } from "../support/ike/payloads-v2.js";
import { ikeSaInit, noProposalChosen, scenario, setsUp } from "../support/scenario/index.js";

function comparison(workedFrame: FrameRef, failedFrame: FrameRef): JudgedTunnel {
  const talk = scenario();
  setsUp(talk);
  const [tunnel] = talk.endsAt(60).judge().tunnels;
  if (tunnel === undefined) throw new Error("the setup must give a tunnel");
  return { ...tunnel, comparison: { workedFrame, failedFrame, changes: [] } };
}

const ARCHAIC: ProposalOptions = { encr: [[3]], prf: [2], integ: [2], group: [2] };

describe("a setup that worked beside one that failed", () => {
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
