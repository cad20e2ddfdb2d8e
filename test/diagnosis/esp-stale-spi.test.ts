import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  createChild,
  createChildAnswer,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  INNER,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-stale-spi";

/** A tunnel in use, which the responder deletes 40 s later. */
function deleted(talk: Scenario): void {
  setsUp(talk);
  dialogue(talk, every(1, 1, 40));
  talk.at(40).responder.sends(informational({ id: 0, inner: 8 }));
  talk.at(40.1).initiator.sends(informationalAnswer({ id: 0 }));
}

describe(CODE, () => {
  it("fires where ESP goes on after the peer deleted the IKE SA", () => {
    const talk = scenario();
    deleted(talk);
    const on = talk.at(...every(1, 41, 71)).initiator.esp();
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.headline).toContain("after 198.51.100.20 deleted the IKE SA");
    expect(evidence(found)).toContain(on.at(-1)?.number);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("fires where the peer began anew and ESP still goes to the old SPI", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 40));
    setsUp(talk, { from: 50, sa: talk.newSa("responder") });
    talk.at(...every(1, 51, 120)).responder.esp({ spi: 0xbeef });
    talk.at(...every(1, 51, 120)).initiator.esp();
    const judgement = talk.endsAt(130).judge();
    expect(finding(judgement, CODE).headline).toContain("began anew and uses other SPIs");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is a warning where the sender uses a new SPI too by then", () => {
    const talk = scenario();
    deleted(talk);
    talk.at(...every(1, 41, 71)).initiator.esp();
    setsUp(talk, { from: 72, sa: talk.newSa() });
    dialogue(talk, every(1, 73, 90), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    const judgement = talk.endsAt(100).judge();
    expect(finding(judgement, CODE).severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });
});

describe(`${CODE} is silent`, () => {
  it("where traffic ends with the delete", () => {
    const talk = scenario();
    deleted(talk);
    talk.at(40.2, 40.3).initiator.esp();
    const judgement = talk.endsAt(90).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(codes(judgement)).toContain("sa-deleted-by-peer");
  });

  it("where ESP goes on both ways: an IKE SA that was rekeyed hands its children on", () => {
    const talk = scenario();
    deleted(talk);
    dialogue(talk, every(1, 41, 91));
    expect(accusations(talk.endsAt(120).judge())).toEqual([]);
  });

  it("where reports go on in a Child SA that a rekey of the IKE SA handed on, and nothing of the next one is seen yet", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 39));
    talk.at(39.5).responder.sends(createChild({ id: 0 }));
    talk.at(39.6).initiator.sends(createChildAnswer({ id: 0, inner: 180 }));
    talk.at(39.65).responder.sends(informational({ id: 1, inner: 8 }));
    talk.at(39.7).initiator.sends(informationalAnswer({ id: 1 }));
    talk.at(...every(7, 41, 120)).initiator.esp();
    expect(codes(talk.endsAt(150).judge())).not.toContain(CODE);
  });

  it("where a re-authentication lets both SAs live for some seconds", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 40));
    setsUp(talk, { from: 40, sa: talk.newSa("responder") });
    talk.at(...every(1, 41, 45)).initiator.esp();
    dialogue(talk, every(1, 45, 90), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    expect(codes(talk.endsAt(120).judge())).not.toContain(CODE);
  });

  it("where an announcement of the length of a delete follows the setup", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1).responder.sends(informational({ id: 0, inner: 8 }));
    talk.at(1.1).initiator.sends(informationalAnswer({ id: 0 }));
    dialogue(talk, [0.5, 0.8, 1.05]);
    talk.at(...every(1, 2, 30)).initiator.esp();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});

describe("a Child SA that is replaced and deleted", () => {
  const [OLD, NEW] = [
    { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } },
    { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } },
  ];

  /** In the middle of a tunnel's life the initiator rekeys at 20 s, and `pause` later sends a message of `inner` bytes. */
  function rekeyed(options: ScenarioOptions = {}, inner: number = INNER.deleteEsp, pause = 0.2): Scenario {
    const talk = scenario(options);
    setsUp(talk);
    dialogue(talk, every(1, 1, 20), OLD);
    talk.at(20).initiator.sends(createChild());
    talk.at(20.05).responder.sends(createChildAnswer());
    talk.at(20.05 + pause).initiator.sends(informational({ id: 3, inner }));
    talk.at(20.1 + pause).responder.sends(informationalAnswer({ id: 3, inner }));
    return talk;
  }

  /** The initiator asks in the new SPI, and the responder answers in the old one until `end`. */
  const stays = (talk: Scenario, end: number): Scenario => {
    dialogue(talk, every(1, 21, end), { ask: NEW.ask, answer: OLD.answer });
    return talk.endsAt(end + 1);
  };

  it("fires where the other end goes on in the old SPI", () => {
    const judgement = stays(rekeyed(), 41).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.headline).toContain("192.0.2.10 replaced the Child SA and deleted the old one");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it.each([
    ["suspects it where the Delete is known by its place alone", 41, "possible"],
    ["is sure after as long as no rekey overlaps, and says nothing of two live pairs", 150, "likely"],
  ])("%s", (_, end, confidence) => {
    const judgement = stays(rekeyed({ suite: "cbc" }), end).judge();
    expect(finding(judgement, CODE).confidence).toBe(confidence);
    expect(codes(judgement)).not.toContain("esp-asymmetric-spi");
  });

  it.each<[string, () => Scenario]>([
    [
      "moves to the new one late",
      () => {
        const talk = stays(rekeyed(), 26);
        dialogue(talk, every(1, 27, 41), NEW);
        return talk.endsAt(42);
      },
    ],
    ["sends no more than what was under way", () => stays(rekeyed(), 23)],
    ["is asked for a liveness check, and not for a Delete", () => stays(rekeyed({}, 0), 41)],
    ["may be asked for a liveness check", () => stays(rekeyed({ suite: "cbc" }, 0, 5), 41)],
    [
      "serves another Child SA besides",
      () => {
        const talk = rekeyed();
        talk.at(...every(1, 2.5, 20)).responder.esp({ spi: 0xb9 });
        talk.at(...every(1, 21, 41)).responder.esp({ spi: 0xb9 });
        dialogue(talk, every(1, 21, 41), NEW);
        return talk.endsAt(42);
      },
    ],
  ])("stays silent where the other end %s", (_, told) => {
    expect(codes(told().judge())).not.toContain(CODE);
  });
});
