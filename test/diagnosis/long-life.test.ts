import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  createChild,
  createChildAnswer,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  INNER,
  numbers,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CHECKS = 10_000;
const EVERY = 20;
/** When the last check was answered. */
const OLD = 100 + CHECKS * EVERY;

/** A tunnel that was checked ten thousand times, and each check was answered. */
function grownOld(): Scenario {
  const talk = scenario();
  setsUp(talk);
  for (let id = 2; id < CHECKS + 2; id++) {
    talk.at(100 + (id - 2) * EVERY).initiator.sends(informational({ id }));
    talk.at(100.05 + (id - 2) * EVERY).responder.sends(informationalAnswer({ id }));
  }
  return talk;
}

describe("a tunnel that was checked ten thousand times", () => {
  it("lives, though it carries nothing, and says how many messages are not kept", () => {
    const talk = grownOld();
    const judgement = talk.endsAt(OLD + 10).judge();
    expect(accusations(judgement)).toEqual(["esp-absent"]);
    const [sa] = judgement.tunnels[0]?.tunnel.ikeSas ?? [];
    expect((sa?.open().exchanges.length ?? 0) * 2 + (sa?.unkept ?? 0)).toBe(4 + CHECKS * 2);
  });

  it("has died where the next check is in vain, with the frames of that check", () => {
    const talk = grownOld();
    const checks = talk
      .at(OLD, OLD + 4, OLD + 11.2, OLD + 24.2, OLD + 47.5)
      .initiator.sends(informational({ id: CHECKS + 2 }));
    const judgement = talk.endsAt(OLD + 300).judge();
    expect(faults(judgement)).toEqual(["dpd-timeout"]);
    const found = evidence(finding(judgement, "dpd-timeout"));
    expect(found.length).toBeGreaterThan(1);
    expect(numbers(checks)).toEqual(expect.arrayContaining(found));
  });

  it("still tells that its rekeys are refused, with the frames of the first and the last refusal", () => {
    const talk = grownOld();
    traffic(talk, 1, 40);
    const rekey = (seconds: number, id: number) => [
      ...talk.at(OLD + seconds).initiator.sends(createChild({ id })),
      ...talk.at(OLD + seconds + 0.05).responder.sends(createChildAnswer({ id, inner: INNER.bareNotify })),
    ];
    const frames = [rekey(10, CHECKS + 2), rekey(20, CHECKS + 3), rekey(30, CHECKS + 4)];
    const judgement = talk.endsAt(OLD + 300).judge();
    expect(codes(judgement)).toContain("rekey-failed");
    const ends = [...(frames[0] ?? []), ...(frames[2] ?? [])];
    expect(evidence(finding(judgement, "rekey-failed"))).toEqual(numbers(ends));
  });

  it("keeps its rekeys before its checks", () => {
    const talk = scenario();
    setsUp(talk);
    for (let id = 2; id < 402; id++) {
      const isRekey = id % 40 === 0;
      talk.at(id * EVERY).initiator.sends((isRekey ? createChild : informational)({ id }));
      talk.at(id * EVERY + 0.05).responder.sends((isRekey ? createChildAnswer : informationalAnswer)({ id }));
    }
    const exchanges = talk.model().tunnels[0]?.ikeSas[0]?.exchanges ?? [];
    const rekeys = exchanges.filter(({ exchangeType }) => exchangeType === 36);
    expect(rekeys.map(({ messageId }) => messageId)).toEqual([
      40, 80, 120, 160, 200, 240, 280, 320, 360, 400,
    ]);
  });
});

describe("liveness checks that are counted and not kept", () => {
  /** Answered at once, each a minute after the one before. */
  function checksEachMinute(talk: Scenario, from: number, count: number, firstId: number): void {
    for (let index = 0; index < count; index++) {
      const at = from + index * 60;
      talk.at(at).initiator.sends(informational({ id: firstId + index }));
      talk.at(at + 0.02).responder.sends(informationalAnswer({ id: firstId + index }));
    }
  }

  it("still prove that packets of a side that sends no ESP pass the sniffer", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    checksEachMinute(talk, 10, 50, 2);
    traffic(talk, 3000, 3010, "initiator");
    checksEachMinute(talk, 3060, 50, 52);
    expect(faults(talk.endsAt(6100).judge())).toEqual(["esp-one-way"]);
  });

  it("are answers too: of those that took seconds it is told how many there were in all", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20, "initiator");
    traffic(talk, 1, 20, "responder");
    checksEachMinute(talk, 30, 46, 2);
    for (const [index, at] of [2800, 2860].entries()) {
      talk.at(at).initiator.sends(informational({ id: 48 + index }));
      talk.at(at + 3).responder.sends(informationalAnswer({ id: 48 + index }));
    }
    checksEachMinute(talk, 2920, 40, 50);
    expect(codes(talk.endsAt(5400).judge())).not.toContain("responder-slow");
  });
});
