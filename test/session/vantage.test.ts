import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import { ikeAuth, ikeAuthAnswer, opens, type Scenario, scenario } from "../support/scenario/index.js";

/** The capture point in words. */
function placeOf(talk: Scenario): string {
  const [tunnel] = talk.endsAt(30).judge().tunnels;
  if (tunnel === undefined) throw new Error("no tunnel");
  return `${tunnel.vantage.place}: ${inEnglish(tunnel.vantage.reason)}`;
}

describe("the capture point of a tunnel", () => {
  const inPart = { ipFragments: 1480, kept: [0] } as const;

  it("is not told by fragments of messages that are not whole: their TTL is not known, and is no 64 hops", () => {
    const talk = scenario({ near: "initiator" });
    talk.at(0.1).initiator.sends(ikeAuth({ inner: 3000 }), inPart);
    talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 3000 }), inPart);
    expect(placeOf(talk)).toBe("unknown: no IKE message that is whole tells its TTL");
  });

  it("is told by the messages beside them that are whole", () => {
    const talk = scenario({ near: "initiator" });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth({ inner: 3000 }), inPart);
    expect(placeOf(talk)).toMatch(/^near-initiator: the TTL of .* is still the initial value$/);
  });
});
