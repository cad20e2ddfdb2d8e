import { describe, expect, it } from "vitest";
import { hostOf } from "../support/host/beside.js";
import { xfrmState } from "../support/host/texts.js";
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
  ON_TRANSLATOR,
} from "../support/scenario/index.js";

const [ALICE, BOB] = ["192.0.2.10", "198.51.100.20"];

/** Packets of the initiator with these numbers, one every 10 ms, and the responder in order. */
function inOrder(talk: Scenario, numbers: readonly number[]) {
  setsUp(talk);
  const frames = numbers.flatMap((sequence, index) => talk.at(1 + index / 100).initiator.esp({ sequence }));
  talk.at(...every(0.5, 1, 1 + numbers.length / 100)).responder.esp();
  return frames;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe("esp-duplicate, where the receiver's kernel counts what it refuses", () => {
  /** A tunnel that shows nothing wrong at the initiator, and what the responder's state says of its packets. */
  async function judged(packets: number, sequence: number, replay: number) {
    const talk = scenario({ near: "initiator" });
    inOrder(talk, upTo(25));
    const spi = talk.kept().tunnels[0]?.streams.find(({ destination }) => destination === BOB)?.spi ?? 0;
    const counts = `seq 0x${sequence.toString(16)}, oseq 0x0`;
    const state = xfrmState({ src: ALICE, dst: BOB, spi, packets, replay, sends: false });
    return talk.endsAt(60).judgeBeside(await hostOf(state.replace("seq 0x3, oseq 0x0", counts)));
  }

  it("is certain of copies made behind the capture: all numbers were accepted, and more was refused", async () => {
    const found = finding(await judged(25, 25, 8), "esp-duplicate");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain" });
    expect(found.headline).toContain("8 ESP packets");
    expect(found.lines[0]?.text).toContain(
      "25 packets accepted, the newest has number 25, 8 refused as replays",
    );
  });

  it.each([
    ["nothing was refused", 25, 25, 0],
    ["what was refused may have come too late: a number was never accepted", 20, 25, 5],
  ])("is silent where %s", async (_, packets, sequence, replay) => {
    expect(codes(await judged(packets, sequence, replay))).not.toContain("esp-duplicate");
  });
});

describe("esp-reordered", () => {
  it("says for one late packet: one late, none lost, and any window takes it", () => {
    const talk = scenario();
    const frames = inOrder(talk, [...upTo(20), 22, 21, 23, 24, 25]);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-reordered");
    expect(found).toMatchObject({ severity: "info", confidence: "certain" });
    expect(found.summary).toContain("1 packet came late, up to 1 behind");
    expect(found.summary).toContain("An anti-replay window of 32 takes them all");
    expect(evidence(found)[0]).toBe(frames[21]?.number);
    expect(codes(judgement)).not.toContain("esp-loss");
    expect(accusations(judgement)).toEqual([]);
  });

  it("is a warning that says which windows drop how many, and which one takes all", () => {
    const talk = scenario();
    const late = [101, 111, 121];
    const numbers = upTo(300).filter((number) => !late.includes(number));
    // Each comes 40, 70 and 90 numbers behind.
    for (const [index, behind] of [40, 70, 90].entries()) {
      const number = late[index] as number;
      numbers.splice(numbers.indexOf(number + behind) + 1, 0, number);
    }
    inOrder(talk, numbers);
    const found = finding(talk.endsAt(60).judge(), "esp-reordered");
    expect(found.severity).toBe("warning");
    expect(found.headline).toContain("an anti-replay window of 32 drops 3, 64 drops 2, 128 none");
  });

  it.each([
    ["an explanation where the capturing host shows them all decrypted: its window took them", 0, "info"],
    ["a warning where it shows fewer than came: its window did not", 4, "warning"],
  ])("is %s", (_name, refused, severity) => {
    const talk = scenario({ near: "responder" });
    const numbers = upTo(180).filter((number) => number % 40 !== 0);
    for (const number of [40, 80, 120]) numbers.splice(numbers.indexOf(number + 39) + 1, 0, number);
    setsUp(talk);
    for (const [index, sequence] of numbers.entries()) talk.at(1 + index / 100).initiator.esp({ sequence });
    talk.at(...every(0.5, 1.005, 3)).responder.esp();
    const times = numbers.map((_, index) => 1.0005 + index / 100);
    talk.clear(times.slice(refused), "initiator", "10.1.0.7", "10.2.0.9");
    const found = finding(talk.endsAt(60).judge(), "esp-reordered");
    expect(found.severity).toBe(severity);
    expect(found.summary.includes("shows them decrypted as well")).toBe(refused === 0);
  });

  it("is silent about late copies of packets whose first the sniffer lost", () => {
    const twice = (lost: readonly number[]): number[] =>
      upTo(340).flatMap((number) => [
        ...(number > 300 || lost.includes(number) ? [] : [number]),
        ...(number > 40 ? [number - 40] : []),
      ]);
    const talk = scenario();
    inOrder(talk, twice([100, 150, 200, 250]));
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-reordered");
  });

  it("is silent where two files overlap in time: the merge made the order", () => {
    const talk = scenario();
    inOrder(talk, [...upTo(20), 22, 21, 23]);
    talk.nextFile();
    talk.at(1.1, 9).responder.esp({ spi: 0x99 });
    expect(codes(talk.judge())).not.toContain("esp-reordered");
  });
});

describe("esp-duplicate", () => {
  it("is told of packets that come again in a capture that has no copies", () => {
    const talk = scenario();
    const frames = inOrder(talk, [...upTo(30), 28, 29, 30, ...upTo(60).slice(30)]);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-duplicate");
    expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
    expect(evidence(found)[0]).toBe(frames[30]?.number);
    expect(faults(judgement)).toEqual([]);
  });

  it("is silent where every packet of a direction is there twice, and says what that is", () => {
    const talk = scenario();
    inOrder(
      talk,
      upTo(30).flatMap((number) => [number, number]),
    );
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(codes(judgement)).toContain("capture-duplicates");
  });

  it("is silent on a translator that shows each packet twice", () => {
    const talk = scenario(ON_TRANSLATOR);
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 20));
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("esp-sequence-restart", () => {
  it("is critical where nothing answers behind the fall", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.1, 1, 15));
    const again = talk.at(...every(0.5, 20, 30)).initiator.esp({ sequence: 1 });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-sequence-restart");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.headline).toContain("fall from 140 to the beginning");
    expect(evidence(found)).toContain(again[0]?.number);
    expect(faults(judgement)).toEqual(["esp-sequence-restart"]);
  });

  it("is told of a counter that had not come far", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 7));
    talk.at(...every(1, 8, 20)).initiator.esp({ sequence: 1 });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "esp-sequence-restart").headline).toContain("fall from 12 to the beginning");
    expect(faults(judgement)).toEqual(["esp-sequence-restart"]);
    expect(codes(judgement)).not.toContain("capture-duplicates");
  });

  it("is silent where a short recording of both directions comes again, as of another place with another clock", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 7));
    dialogue(talk, every(0.5, 10, 16), { ask: { sequence: 1 }, answer: { sequence: 1 } });
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-sequence-restart");
  });

  it("is a warning where the other side goes on answering", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.1, 1, 15));
    dialogue(talk, every(0.5, 20, 30), { ask: { sequence: 1 } });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "esp-sequence-restart").severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });

  it("is silent where an exchange in between made a new SA that got the same SPI", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.1, 1, 15));
    setsUp(talk, { from: 18, sa: talk.newSa() });
    dialogue(talk, every(0.5, 20, 30), { ask: { sequence: 1 }, answer: { sequence: 1 } });
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-sequence-restart");
  });
});

describe("esp-sequence-exhaustion", () => {
  it("says when the numbers run out at the present rate", () => {
    const talk = scenario();
    setsUp(talk);
    // 10 a second, 36,000 are left: an hour.
    dialogue(talk, every(0.1, 1, 11), { ask: { sequence: 2 ** 32 - 1 - 36_000 - 99 } });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-sequence-exhaustion");
    expect(found).toMatchObject({ severity: "warning", confidence: "possible" });
    expect(found.headline).toContain("run out at 2023-11-14T23:13:");
    expect(found.headline).toContain("10 packets a second");
  });

  it("counts packets, not numbers that a counter set ahead left out, and says when the last one was sent", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [0.5, 0.6, 0.7]);
    const numbers = every(0.25, 1, 11).entries();
    for (const [index, second] of numbers) talk.at(second).initiator.esp({ sequence: 2 ** 32 - 50 + index });
    talk.at(...every(0.5, 1, 11)).responder.esp();
    expect(finding(talk.judge(), "esp-sequence-exhaustion").headline).toMatch(
      /run out at 2023-11-14T22:13:\d\dZ, at 4\.\d packets a second/u,
    );
    for (let left = 9; left >= 0; left--)
      talk.at(11 + (10 - left) / 4).initiator.esp({ sequence: 2 ** 32 - 1 - left });
    expect(finding(talk.endsAt(60).judge(), "esp-sequence-exhaustion").headline).toContain(
      "have run out: 4294967295 was sent",
    );
  });

  it("is silent where the number ran over and went on: extended sequence numbers", () => {
    const talk = scenario();
    setsUp(talk);
    for (const [index, second] of every(0.1, 1, 11).entries()) {
      talk.at(second).initiator.esp({ sequence: (2 ** 32 - 50 + index) % 2 ** 32 });
    }
    talk.at(...every(0.5, 1, 11)).responder.esp();
    const judgement = talk.endsAt(60).judge();
    expect(codes(judgement)).not.toContain("esp-sequence-exhaustion");
    expect(codes(judgement)).not.toContain("esp-sequence-restart");
    expect(accusations(judgement)).toEqual([]);
  });

  it.each([
    ["three quarters are used, and the rest lasts 124 days", 0xc0000000, "on 2024-03-18", "124 days"],
    ["nearly all are used, and the rest lasts 31 days", 0xf0000000, "on 2023-12-15", "31 days"],
  ])("is an explanation with the date where %s", (_name, sequence, when, span) => {
    const talk = scenario();
    setsUp(talk);
    talk.at(...every(0.01, 1, 5)).initiator.esp({ sequence });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-sequence-exhaustion");
    expect(found.severity).toBe("info");
    expect(found.headline).toContain(`run out ${when}, at 100 packets a second`);
    expect(found.summary).toContain(`(${span})`);
    expect(accusations(judgement)).toEqual([]);
  });

  it("is an explanation where a fast tunnel uses all numbers within a day, from the first on", () => {
    const talk = scenario();
    setsUp(talk);
    // A sniffer that sees one of 100,000: 100,000 a second.
    for (const [index, second] of every(1, 1, 80).entries()) {
      talk.at(second).initiator.esp({ sequence: 1 + index * 100_000 });
    }
    const found = finding(talk.endsAt(90).judge(), "esp-sequence-exhaustion");
    expect(found.severity).toBe("info");
    expect(found.headline).toMatch(/run out at 2023-11-15T10:0\d:\d\dZ, at 100000 packets a second/);
  });

  it.each([
    ["in the middle of the numbers", 2 ** 31, 0.1],
    ["where the rest lasts for years", 0xd0000000, 1],
  ])("is silent %s", (_name, sequence, step) => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(step, 1, 31), { ask: { sequence } });
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-sequence-exhaustion");
  });

  it("is silent of a fast transfer of moments: that is no rate of a day", () => {
    const talk = scenario();
    setsUp(talk);
    for (const [index, second] of every(1, 1, 30).entries()) {
      talk.at(second).initiator.esp({ sequence: 1 + index * 100_000 });
    }
    expect(codes(talk.endsAt(90).judge())).not.toContain("esp-sequence-exhaustion");
  });
});
