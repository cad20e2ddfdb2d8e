import { describe, expect, it } from "vitest";
import { shownSetups } from "../../src/report/shown-setups.js";
import { authRefusal, ikeAuth, opens, scenario, setsUp } from "../support/scenario/index.js";

/** Setups a minute apart, of which the one with that number is refused. */
function setups(count: number, refused: number | null) {
  const talk = scenario();
  for (let turn = 0; turn < count; turn++) {
    const sa = talk.newSa();
    if (turn !== refused) {
      setsUp(talk, { from: turn * 60, sa });
      continue;
    }
    opens(talk, { from: turn * 60, sa });
    talk.at(turn * 60 + 0.1).initiator.sends(ikeAuth({ sa }));
    talk.at(turn * 60 + 0.2).responder.sends(authRefusal({ sa }));
  }
  const [judged] = talk.endsAt(count * 60).judge().tunnels;
  if (judged === undefined) throw new Error("the story has a tunnel");
  return judged;
}

const numbersOf = (judged: ReturnType<typeof setups>, limit: number): number[] =>
  shownSetups(judged, limit).map(({ sa }) => judged.setups.findIndex((setup) => setup.sa.id === sa.id));

describe("the setups that a report lists", () => {
  it("are all where there are few", () => {
    expect(numbersOf(setups(2, null), 2)).toEqual([0, 1]);
  });

  it("are the first and the last ones where nothing is wrong", () => {
    expect(numbersOf(setups(6, null), 2)).toEqual([0, 5]);
    expect(numbersOf(setups(6, null), 3)).toEqual([0, 4, 5]);
  });

  it("hold the one that a finding cites", () => {
    expect(numbersOf(setups(6, 2), 2)).toEqual([0, 2]);
    expect(numbersOf(setups(6, 5), 2)).toEqual([0, 5]);
  });
});
