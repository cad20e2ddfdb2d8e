import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-loss";

/** 300 packets of the initiator without those numbers, answered. */
function losing(talk: Scenario, lost: readonly number[], count = 300) {
  setsUp(talk);
  const times = every(0.1, 1, 1 + count / 10);
  const frames = times.flatMap((second, index) =>
    lost.includes(index + 1) ? [] : talk.at(second).initiator.esp({ sequence: index + 1 }),
  );
  talk.at(...times.map((second) => second + 0.02)).responder.esp();
  return frames;
}

describe(CODE, () => {
  it("is a warning with the rate where one in a hundred is missing, and names the packet behind the largest gap", () => {
    const talk = scenario({ near: "responder" });
    const frames = losing(talk, [20, 50, 51, 120, 200, 250]);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "likely", phase: "ESP" });
    expect(found.headline).toBe("6 of 300 ESP packets from 192.0.2.10 to 198.51.100.20 are missing (2.0 %)");
    expect(found.summary).toContain("in 5 gaps, the largest of 2");
    expect(evidence(found)[0]).toBe(frames[48]?.number);
    expect(judgement.status).toBe("degraded");
  });

  it.each([
    ["throughout", [20, 50, 51, 120, 200, 290]],
    ["since 22:13:40 UTC", [200, 220, 230, 250, 270, 290]],
    ["until 22:13:26 UTC", [10, 20, 30, 40, 45, 50]],
    ["from 22:13:31 to 22:13:37 UTC", [110, 120, 130, 140, 150, 160]],
    ["in one gap at 22:13:36 UTC", [155, 156, 157, 158, 159]],
    ["in one gap between 22:13:36 UTC and 22:13:38 UTC", Array.from({ length: 20 }, (_, at) => 155 + at)],
    ["from 22:13:36 to 22:13:41", [...Array.from({ length: 20 }, (_, at) => 155 + at), 200]],
  ])("says in the first line where in the traffic the gaps are: %s", (when, lost) => {
    const talk = scenario({ near: "responder" });
    losing(talk, lost);
    expect(talk.endsAt(60).judge().headline.replaceAll(" UTC to", " to")).toContain(`%), ${when}`);
  });

  it("names no moment where late packets may have filled the gaps", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    const times = every(0.1, 1, 31);
    const order = times.map((_, index) =>
      index % 40 === 10 ? index + 2 : index % 40 === 11 ? index : index + 1,
    );
    for (const [index, second] of times.entries()) {
      const sequence = order[index] ?? 0;
      if (sequence % 50 !== 5) talk.at(second).initiator.esp({ sequence });
    }
    talk.at(...times.map((second) => second + 0.02)).responder.esp();
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, CODE).severity).toBe("warning");
    expect(judgement.headline).toMatch(/%\)$/);
  });

  it("is information where a handful is lost among many, and nothing for one or two", () => {
    const few = scenario();
    losing(few, [20, 50, 120]);
    expect(finding(few.endsAt(60).judge(), CODE).severity).toBe("info");
    const one = scenario();
    losing(one, [20]);
    expect(codes(one.endsAt(60).judge())).not.toContain(CODE);
  });

  it("is information near the sender, where the path is no cause", () => {
    const talk = scenario({ near: "initiator" });
    losing(talk, [20, 50, 51, 120, 200, 250]);
    const found = finding(talk.endsAt(60).judge(), CODE);
    expect(found).toMatchObject({ severity: "info", confidence: "possible" });
    expect(found.summary).toContain("near the sender");
  });

  it("is only possible where a third of very many is missing: the sniffer may see one of several links", () => {
    const talk = scenario();
    const third = Array.from({ length: 110 }, (_, index) => index * 3 + 2);
    losing(talk, third, 360);
    expect(finding(talk.endsAt(60).judge(), CODE)).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
  });

  it.each([
    ["no more than come late at the ends of the capture", 12, "info", "possible"],
    ["more than that", 40, "warning", "likely"],
  ])("of packets that come out of order: %s", (_name, missing, severity, confidence) => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    // Ten at a time come backwards; of the last ones the lower numbers are not there yet.
    const numbers = Array.from({ length: 200 }, (_, index) => 100 + index - (index % 10) + 9 - (index % 10));
    const kept = numbers.filter((number) => number < 300 - missing || number === 299);
    kept.forEach((sequence, index) => talk.at(1 + index * 0.02).initiator.esp({ sequence }));
    talk.at(...every(0.1, 1.01, 5)).responder.esp();
    expect(finding(talk.endsAt(6).judge(), CODE)).toMatchObject({ severity, confidence });
  });
});

describe(`${CODE} is silent`, () => {
  it("where the capture says that it dropped packets itself, which then says so", () => {
    const talk = scenario();
    losing(talk, [20, 50, 51, 120, 200, 250]);
    const judgement = talk.endsAt(60).judgeWith({ dropped: 3 });
    expect(codes(judgement)).not.toContain(CODE);
    expect(finding(judgement, "capture-dropped").summary).toContain("6 ESP sequence numbers are missing");
  });

  it("where the same SPI value goes to two destinations, each in order", () => {
    const talk = scenario();
    const other = talk.host("203.0.113.77");
    for (const second of every(0.5, 1, 11)) {
      talk.at(second).initiator.esp({ spi: 0x77 });
      talk.between(talk.initiator, other, second + 0.1).esp({ spi: 0x77 });
    }
    const judgement = talk.endsAt(60).judge();
    expect(judgement.findings.map(({ code }) => code)).not.toContain(CODE);
    expect(accusations(judgement)).toEqual([]);
  });

  it("where one SA serves several destinations, whose numbers are gaps to each other", () => {
    const talk = scenario();
    const other = talk.host("203.0.113.77");
    for (const [index, second] of every(0.5, 1, 21).entries()) {
      const packet = { spi: 0x77, sequence: index + 1 };
      if (index % 3 === 0) talk.between(talk.initiator, other, second).esp(packet);
      else talk.at(second).initiator.esp(packet);
    }
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("where the counter jumps ahead, as after a fail-over", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 20));
    dialogue(talk, every(0.5, 20, 40), { ask: { sequence: 1_000_000 }, answer: { sequence: 1_000_000 } });
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });

  it("where packets come late", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 20));
    talk.at(20, 20.2, 20.3).initiator.esp({ sequence: 40 });
    talk.at(20.4).initiator.esp({ sequence: 39 });
    const judgement = talk.endsAt(60).judge();
    expect(codes(judgement)).not.toContain(CODE);
    expect(faults(judgement)).toEqual([]);
  });

  it("where a pause between two files hides packets", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 20));
    talk.nextFile();
    dialogue(talk, every(0.5, 100, 120), { ask: { sequence: 139 }, answer: { sequence: 139 } });
    expect(codes(talk.endsAt(140).judge())).not.toContain(CODE);
  });
});
