import { describe, expect, it } from "vitest";
import { judgePlaces } from "../support/capture/places.js";
import { alongPath } from "../support/capture/path.js";
import type { Keeps } from "../support/scenario/scenario.js";
import {
  accusations,
  codes,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function moves(answered: boolean) {
  const talk = scenario({ floats: true });
  setsUp(talk);
  traffic(talk, 1, 30);
  const there = talk.host("203.0.113.77");
  const update = informational({ inner: 64 });
  const tries = talk.between(there, talk.responder, 30, 34, 41.2, 54.2).sends(update);
  if (answered) talk.between(talk.responder, there, 54.3).sends(informationalAnswer());
  return { talk, tries };
}

describe("mobike-failed", () => {
  it("fires where a peer's requests from its new address stay unanswered", () => {
    const { talk, tries } = moves(false);
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, "mobike-failed");
    expect(found.severity).toBe("critical");
    expect(evidence(found)).toEqual(tries.map(({ number }) => number));
    expect(found.headline).toContain("203.0.113.77");
    expect(faults(judgement)).toEqual(["mobike-failed"]);
    expect(codes(judgement)).not.toContain("dpd-timeout");
  });

  it("says that ESP still goes to the old address", () => {
    const { talk } = moves(false);
    traffic(talk, 30, 100, "responder");
    expect(finding(talk.endsAt(200).judge(), "mobike-failed").summary).toContain("old address");
  });

  it("stays silent where the other side follows", () => {
    expect(codes(moves(true).talk.endsAt(200).judge())).not.toContain("mobike-failed");
  });
});

describe("a responder that moves to another address, by MOBIKE", () => {
  it("has answered: packets to its old address alone are no one-way traffic", () => {
    const talk = scenario({ floats: true, near: "initiator" });
    setsUp(talk);
    const asked = talk.at(...every(5, 2, 40)).initiator.esp().length;
    const there = talk.host("203.0.113.77", {}, "responder");
    talk.between(there, talk.initiator, 41).sends(informational({ inner: 64 }));
    talk.between(talk.initiator, there, 41.05).sends(informationalAnswer());
    for (const [index, second] of every(2, 42, 80).entries()) {
      talk.between(talk.initiator, there, second).esp({ sequence: asked + 1 + index });
      talk.between(there, talk.initiator, second + 0.05).esp({ spi: 0xc2000001 });
    }
    expect(accusations(talk.endsAt(100).judge())).toEqual([]);
  });
});

describe("captures of both ends of a peer whose NAT device gave it another address", () => {
  const INSIDE = "10.0.0.5";
  const NAT = { address: "192.0.2.10", port500: 1024, port4500: 1025 };

  /** The responder goes on with ESP to the old address, in vain; `stays` where the initiator still sends from there meanwhile. */
  async function judged(stays: boolean) {
    const talk = scenario({ floats: true, initiator: { address: INSIDE, nat: NAT, seen: "both" } });
    setsUp(talk);
    traffic(talk, 1, 10);
    const astray = talk.at(11, 12, 13, 14, 15, 16, 17, 18).responder.esp();
    if (stays) talk.at(12, 14, 16, 18).initiator.esp();
    const moved = talk.host(INSIDE, { nat: { ...NAT, address: "192.0.2.99" }, seen: "both" });
    talk.between(moved, talk.responder, 30, 34, 41.2, 54.2).sends(informational());
    talk.endsAt(200);
    const isInside: Keeps = ({ bytes }) =>
      [26, 30].some((at) => bytes.slice(at, at + 4).join(".") === INSIDE);
    const places = alongPath(talk, 2, [
      { hops: 0, keeps: (frame, index) => isInside(frame, index) && !astray.includes(frame) },
      { hops: 2, keeps: (frame, index) => !isInside(frame, index) },
    ]);
    return (await judgePlaces(places)).judgement;
  }

  it("lead with the move, which lost what went to the old address", async () => {
    const judgement = await judged(false);
    expect(judgement.findings[0]?.code).toBe("mobike-failed");
    expect(codes(judgement)).not.toContain("lost-between-captures");
  });

  it("lead with what is lost between them where the old address was still in use", async () => {
    expect((await judged(true)).findings[0]?.code).toBe("lost-between-captures");
  });
});
