import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { ALL, GIVEN, judgedAtEnds, without } from "../support/capture/both-ends.js";
import {
  accusations,
  dialogue,
  every,
  finding,
  type Frame,
  type Keeps,
  scenario,
  type Scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "lost-between-captures";

/** The frames that a sniffer records which stands still between two times. */
function stoodStill(from: number, to: number): Keeps {
  return ({ time }) => time < from || time >= to;
}

function both(one: Keeps, other: Keeps): Keeps {
  return (frame, index) => one(frame, index) && other(frame, index);
}

/** Twenty seconds of traffic, under new SPIs after the first ten. */
function traffic(): { talk: Scenario; asks: readonly Frame[]; answers: readonly Frame[] } {
  const talk = scenario();
  setsUp(talk);
  const first = dialogue(talk, every(0.2, 1, 10), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
  const second = dialogue(talk, every(0.2, 10, 20), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
  return {
    talk: talk.endsAt(22),
    asks: [...first.questions, ...second.questions],
    answers: [...first.answers, ...second.answers],
  };
}

describe.each(GIVEN)("a sniffer at one end that stands still, %s", (given) => {
  it.each([
    ["in the middle of an SA", 3, 8],
    ["for two seconds", 4, 6],
    ["where one SA replaces the other", 7, 13],
    ["at the end of an SA", 8, 10],
    ["from the beginning of an SA on", 9.95, 14],
  ])("%s: accuses nobody of loss", async (_, from, to) => {
    const hole = stoodStill(from, to);
    for (const [near, far] of [
      [hole, ALL],
      [ALL, hole],
    ] as const) {
      const judgement = await judgedAtEnds(traffic().talk, given, near, far);
      expect(accusations(judgement)).toEqual([]);
    }
  });

  it("is said to have a hole in its recording", async () => {
    const judgement = await judgedAtEnds(traffic().talk, given, ALL, stoodStill(3, 8));
    expect(finding(judgement, "capture-duplicates").summary).toMatch(/has a hole of 5(\.\d)? s from/u);
    const whole = await judgedAtEnds(traffic().talk, given, ALL, ALL);
    expect(finding(whole, "capture-duplicates").summary).not.toContain("has a hole");
  });
});

describe.each(GIVEN)("a sniffer at one end that loses every so many packets, %s", (given) => {
  it.each([7, 3])("every %ith of both directions: accuses nobody of loss", async (step) => {
    const drops: Keeps = (_, index) => index < 8 || index % step !== 0;
    expect(accusations(await judgedAtEnds(traffic().talk, given, ALL, drops))).toEqual([]);
  });
});

describe.each(GIVEN)("packets that are lost on the way, %s", (given) => {
  function lostOf(judgement: Judgement): string {
    const { severity, headline } = finding(judgement, CODE);
    return `${severity}: ${headline}`;
  }

  it("are told where the other direction is intact", async () => {
    const { talk, asks } = traffic();
    const lost = asks.filter(({ time }) => time >= 3 && time < 8);
    const judgement = await judgedAtEnds(talk, given, ALL, without(lost));
    expect(lostOf(judgement)).toContain("25 of");
  });

  it("are told where both directions fail at once", async () => {
    const { talk, asks, answers } = traffic();
    const isOut = ({ time }: Frame): boolean => time >= 14;
    const judgement = await judgedAtEnds(
      talk,
      given,
      without(answers.filter(isOut)),
      without(asks.filter(isOut)),
    );
    expect(lostOf(judgement)).toContain("critical: from one moment on no ESP");
  });

  it("are told where the sniffer stood still for a moment before", async () => {
    const { talk, asks } = traffic();
    const lost = asks.filter(({ time }) => time >= 13);
    const judgement = await judgedAtEnds(talk, given, ALL, both(stoodStill(4, 6), without(lost)));
    expect(lostOf(judgement)).toContain("critical: from one moment on no ESP");
  });

  it("are told where the receiver's own packets leave by another interface all the time", async () => {
    const { talk, asks, answers } = traffic();
    const lost = asks.filter(({ time }) => time >= 13);
    const outside = answers.filter(({ time }) => time >= 2);
    const judgement = await judgedAtEnds(talk, given, ALL, without([...lost, ...outside]));
    expect(lostOf(judgement)).toContain("critical: from one moment on no ESP");
  });
});
