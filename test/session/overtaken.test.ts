import { describe, expect, it } from "vitest";
import { isAnsweredUnseen } from "../../src/session/overtaken.js";
import {
  ikeAuth,
  informational,
  informationalAnswer,
  opens,
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
