import { describe, expect, it } from "vitest";
import {
  authRefusal,
  CHILD_REFUSED,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  opens,
  scenario,
  type Scenario,
  setsUp,
} from "../../support/scenario/index.js";
import { STORY_BEGINS } from "../../support/scenario/index.js";

/** Seconds of the story at which the trouble of its tunnel began. */
function sinceOf(talk: Scenario): number | null {
  const since = talk.judge().tunnels[0]?.since ?? null;
  return since === null ? null : (since - STORY_BEGINS) / 1e6;
}

function asksInVain(talk: Scenario, from: number): void {
  const sa = talk.newSa();
  talk.at(...[0, 4, 11.2, 24.2, 47.5].map((after) => from + after)).initiator.sends(ikeSaInit({ sa }));
}

describe("the moment at which the trouble of a tunnel began", () => {
  it("is the first attempt since the last setup that came up, though the last attempt is the evidence", () => {
    const talk = scenario();
    setsUp(talk);
    for (const from of [100, 265, 430]) asksInVain(talk, from);
    talk.endsAt(600);
    expect(sinceOf(talk)).toBe(100);
  });

  it("is the first attempt of all where none came up", () => {
    const talk = scenario();
    for (const from of [5, 170]) asksInVain(talk, from);
    talk.endsAt(300);
    expect(sinceOf(talk)).toBe(5);
  });

  it("is the beginning of the setup that is refused", () => {
    const talk = scenario();
    opens(talk, { from: 7 });
    talk.at(7.1).initiator.sends(ikeAuth());
    talk.at(7.2).responder.sends(authRefusal());
    talk.endsAt(30);
    expect(sinceOf(talk)).toBe(7);
  });

  it("is the first attempt of those that authenticate and have their Child SA refused", () => {
    const talk = scenario();
    for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
      opens(talk, { from: 7 + index * 30, sa });
      talk.at(7.1 + index * 30).initiator.sends(ikeAuth({ sa }));
      talk.at(7.2 + index * 30).responder.sends(ikeAuthAnswer({ sa, inner: CHILD_REFUSED }));
    }
    talk.endsAt(120);
    expect(sinceOf(talk)).toBe(7);
  });

  it("is null where nothing is wrong", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, 2, 3).initiator.esp();
    talk.at(1.1, 2.1, 3.1).responder.esp();
    expect(sinceOf(talk)).toBeNull();
  });
});
