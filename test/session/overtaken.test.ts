import { describe, expect, it } from "vitest";
import { renderText } from "../../src/index.js";
import { isAnsweredUnseen } from "../../src/session/overtaken.js";
import {
  ikeAuth,
  informational,
  informationalAnswer,
  mainModeUp,
  opens,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

/** Whether the IKE_AUTH request, of which the capture has no answer, was answered. */
function isAuthAnswered(tell: (talk: Scenario) => void): boolean {
  const talk = scenario();
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  tell(talk);
  const [tunnel] = talk.model().tunnels;
  const sa = tunnel?.ikeSas[0];
  const asked = sa?.exchanges.find(({ exchangeType }) => exchangeType === 35);
  if (sa === undefined || asked === undefined) throw new Error("the story has an IKE_AUTH request");
  return isAnsweredUnseen(sa, asked);
}

describe("an IKE_AUTH request without an answer in the capture", () => {
  it("was answered where the initiator goes on to its next request", () => {
    expect(isAuthAnswered((talk) => talk.at(0.5).initiator.sends(informational({ id: 2 })))).toBe(true);
  });

  it("was answered where the responder asks something itself, of which the answer alone may be there", () => {
    expect(isAuthAnswered((talk) => talk.at(0.5).responder.sends(informational({ id: 0 })))).toBe(true);
    expect(isAuthAnswered((talk) => talk.at(0.5).initiator.sends(informationalAnswer({ id: 0 })))).toBe(true);
  });

  it("need not have been where nothing follows", () => {
    expect(isAuthAnswered(() => {})).toBe(false);
  });
});

describe("IKEv1 of which one direction alone was captured", () => {
  /** The rows of exchanges in the report of what one side sent in a working tunnel. */
  const rows = (side: "initiator" | "responder"): string[] => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    const judgement = talk.endsAt(20).judge(({ sender }) => sender === null || sender === side);
    return renderText(judgement)
      .split("\n")
      .filter((line) => /(MAIN|QUICK)_MODE/.test(line));
  };

  it("says of the responder's quick mode what the messages prove: it may be message 1 or 2", () => {
    const quick = rows("responder").filter((line) => line.includes("QUICK_MODE"));
    expect(quick).toHaveLength(1);
    expect(quick[0]).toMatch(/QUICK_MODE 1 or 2 .*other side not seen/);
  });

  it("says of the initiator's messages that they were answered where others prove it", () => {
    const shown = rows("initiator");
    expect(shown.filter((line) => line.includes("answer not seen"))).toHaveLength(4);
    expect(shown.join("\n")).not.toMatch(/NO ANSWER|1 or 2/);
  });

  it("keeps the silence of a peer that was heard before", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12).initiator.sends(quickMode(1));
    const text = renderText(talk.endsAt(40).judge());
    expect(text).toMatch(/QUICK_MODE 1 .*NO ANSWER/);
    expect(text).toContain("Quick Mode 1 never answered");
  });
});
