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
  ikeAuth,
  informational,
  informationalAnswer,
  informationalV1,
  mainModeUp,
  quickModeUp,
  scenario,
  type Scenario,
  setsUp,
  traffic,
  ON_TRANSLATOR,
} from "../support/scenario/index.js";

/** A second Child SA beside the first, whose pings are answered from 1 s on to 8 s. */
function secondChild(): Scenario {
  const talk = scenario({ floats: true });
  setsUp(talk);
  talk.at(0.5).initiator.sends(createChild());
  talk.at(0.55).responder.sends(createChildAnswer());
  dialogue(talk, every(0.5, 1, 8));
  return talk;
}

describe("esp-one-way since a rekey", () => {
  /** One question and its answer, a rekey, and what the initiator then sends with the new SPI. */
  function rekeyed(seconds: readonly number[]): Scenario {
    const talk = scenario({ floats: true });
    setsUp(talk);
    dialogue(talk, [1], { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    talk.at(5).initiator.sends(createChild());
    talk.at(5.05).responder.sends(createChildAnswer());
    talk.at(...seconds).initiator.esp({ spi: 0xa2, size: 120 });
    return talk;
  }

  it("is suspected where pings on the new SA get no answer", () => {
    const found = finding(
      rekeyed(every(0.5, 7, 12))
        .endsAt(20)
        .judge(),
      "esp-one-way",
    );
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(found.headline).toContain("since the rekey");
  });

  it.each([
    ["come without a rhythm, and may want none", [7, 7.3, 9, 9.1, 11.7], undefined],
    ["are answered with the old SPI", every(0.5, 7, 12), 0xb1],
  ] as const)("is not said of packets that %s", (_name, seconds, spi) => {
    const talk = rekeyed(seconds);
    if (spi !== undefined) talk.at(...seconds.map((at) => at + 0.02)).responder.esp({ spi });
    expect(accusations(talk.endsAt(20).judge())).toEqual([]);
  });
});

describe("esp-one-way near the receiver", () => {
  it.each([
    ["behind the decryption where the capture shows it", true, "First check behind the decryption"],
    ["at the decryption where it does not", false, "its decryption counters"],
  ])("points %s", (_name, isShown, says) => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    const asked = every(1, 1, 11);
    talk.at(...asked).initiator.esp();
    const decrypted = asked.map((second) => second + 0.0005);
    if (isShown) talk.clear(decrypted, "initiator", "10.1.0.7", "10.2.0.9", 1);
    const { summary, remedies } = finding(talk.endsAt(30).judge(), "esp-one-way");
    expect(summary).toContain(says);
    expect(remedies).toHaveLength(isShown ? 2 : 3);
    expect(remedies.join(" ")).not.toContain("do the packets arrive");
  });

  it("is no proof of an open path where IKE of the silent side comes later, in a new IKE SA", () => {
    const talk = scenario({ near: "initiator" });
    talk.at(...every(0.5, 1, 7)).initiator.esp();
    talk.at(7.2, 8, 9.4, 12).initiator.sends(informational());
    setsUp(talk, { from: 17, sa: talk.newSa() });
    const { summary, remedies } = finding(talk.endsAt(20).judge(), "esp-one-way");
    expect(summary).toContain("IKE messages of 198.51.100.20 are seen here 10.6 s after the last of them.");
    expect(summary).toContain("What 192.0.2.10 asks by IKE after that has no answer");
    expect(remedies[0]).toContain("do the packets arrive");
  });
});

describe("esp-one-way of one Child SA", () => {
  it("is suspected where pings of a second Child SA get no answer while the first one works", () => {
    const talk = secondChild();
    const asked = talk.at(...every(0.4, 1.1, 7)).initiator.esp({ spi: 0xc1000009, size: 120 });
    const judgement = talk.endsAt(20).judge();
    const found = finding(judgement, "esp-one-way");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "ESP" });
    expect(found.headline).toContain("0xc1000009");
    expect(evidence(found)).toEqual(expect.arrayContaining([asked[0]?.number, asked.at(-1)?.number]));
    expect(judgement.status).toBe("suspected");
  });

  it.each([
    [
      "a few log messages, of one size each",
      (talk: Scenario) => {
        for (const [at, size] of [
          [1.2, 120],
          [1.5, 344],
          [2.9, 216],
          [4.4, 168],
          [4.6, 408],
          [7.1, 280],
        ] as const) {
          talk.at(at).initiator.esp({ spi: 0xc1000009, size });
        }
      },
    ],
    ["two packets of it", (talk: Scenario) => talk.at(2, 4).initiator.esp({ spi: 0xc1000009 })],
    [
      "packets that are answered in the SPI of the first one",
      (talk: Scenario) =>
        dialogue(talk, every(0.5, 1.2, 7), { ask: { spi: 0xc1000009 }, answer: { spi: 0xc2000001 } }),
    ],
    [
      "the overlap of a rekey, in which one side goes on with the old SPI",
      (talk: Scenario) =>
        dialogue(talk, every(0.5, 8, 12), { ask: { spi: 0xc1000009 }, answer: { spi: 0xc2000001 } }),
    ],
    [
      "a stream that was there before",
      (talk: Scenario) => talk.at(...every(0.4, 1.1, 7)).initiator.esp({ spi: 0xc1000009, sequence: 90_000 }),
    ],
  ])("is not said of %s", (_name, tell) => {
    const talk = secondChild();
    tell(talk);
    expect(codes(talk.endsAt(30).judge())).not.toContain("esp-one-way");
  });
});

describe("esp-one-way", () => {
  it.each([
    ["every second", 1, 120, "warning"],
    ["every ten seconds", 10, 600, "warning"],
    ["every second, to the end of the capture: they may be pings as well", 1, 8, "critical"],
  ])("is only possible for heartbeats %s: they need no answer", (_name, step, to, severity) => {
    const talk = scenario();
    setsUp(talk);
    talk.at(...every(step, 1, to)).initiator.esp({ size: 140 });
    const found = finding(talk.endsAt(to + step / 4).judge(), "esp-one-way");
    expect(found).toMatchObject({ severity, confidence: "possible" });
  });

  it("only explains what has many sizes, as log messages have: who waits for an answer repeats its first packets", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    for (const [index, second] of every(3, 1, 301).entries()) {
      talk.at(second + (index % 7) / 5).initiator.esp({ size: 200 + ((index * 37) % 90) * 10 });
    }
    const judgement = talk.endsAt(310).judge();
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "info", confidence: "possible" });
    expect(judgement.status).toBe("up");
  });

  it("explains so also a few of them, of which no size has a third", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    for (const [index, second] of every(0.3, 1, 6).entries()) {
      talk.at(second + (index % 7) / 50).initiator.esp({ size: 200 + ((index * 37) % 90) * 10 });
    }
    const judgement = talk.endsAt(7).judge();
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "info", confidence: "possible" });
    expect(judgement.status).toBe("up");
  });

  it("suspects a fault where one size has most of a few packets of many sizes, as first packets that come again", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    for (const [index, second] of every(0.3, 1, 6).entries()) {
      talk.at(second + (index % 7) / 50).initiator.esp({ size: index % 2 === 0 ? 104 : 140 + index * 64 });
    }
    const judgement = talk.endsAt(7).judge();
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "critical", confidence: "possible" });
  });

  it("warns of packets of a few sizes at odd times, which may be first packets without answers", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    for (const [index, second] of every(3, 1, 301).entries()) {
      talk.at(second + (index % 7) / 5).initiator.esp({ size: index % 3 === 0 ? 80 : 140 });
    }
    const found = finding(talk.endsAt(310).judge(), "esp-one-way");
    expect(found).toMatchObject({ severity: "warning", confidence: "possible" });
  });

  it("needs as many packets where a mirror port shows each of them twice", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    for (const copy of [0, 0.0002]) {
      talk.at(1 + copy, 5 + copy).initiator.esp({ size: 140, sequence: 1 });
    }
    expect(codes(talk.endsAt(60).judge())).not.toContain("esp-one-way");
  });

  it("is not certain that TCP repeats where messages far apart double their distance by chance", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    talk.at(1, 11, 30, 73).initiator.esp();
    expect(faults(talk.endsAt(120).judge())).toEqual([]);
    const tcp = scenario({ floats: true });
    setsUp(tcp);
    tcp.at(1, 2, 4, 8, 16).initiator.esp();
    expect(faults(tcp.endsAt(120).judge())).toEqual(["esp-one-way"]);
  });

  it("is not said of a flow of packets that began before the capture: it asks nothing", () => {
    const talk = scenario({ floats: true });
    talk.at(...every(0.05, 1, 60)).initiator.esp({ size: 1316, sequence: 90_000 });
    for (const second of [10, 40]) {
      talk.at(second).initiator.sends(informational({ id: second }));
      talk.at(second + 0.05).responder.sends(informationalAnswer({ id: second }));
    }
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("fires where one direction counts up and IKE is seen both ways", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const packets = talk.at(1, 2, 3, 4, 5, 6).initiator.esp();
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "esp-one-way");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(evidence(found)).toEqual(expect.arrayContaining([packets[0]?.number, packets[5]?.number]));
    expect(faults(judgement)).toEqual(["esp-one-way"]);
    expect(judgement.status).toBe("failing");
  });

  it("fires from the responder, in UDP, and in IKEv1", () => {
    const talk = scenario({ floats: true });
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    traffic(talk, 2, 12, "responder");
    expect(faults(talk.endsAt(30).judge())).toEqual(["esp-one-way"]);
  });
});

describe("esp-one-way stays silent", () => {
  it("where only two packets went", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, 20).initiator.esp();
    const judgement = talk.endsAt(30).judge();
    expect(accusations(judgement)).toEqual([]);
  });

  it("where the other direction has one packet only", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20, "initiator");
    talk.at(10).responder.esp();
    expect(accusations(talk.endsAt(30).judge())).toEqual([]);
  });

  it("where IKE is seen from the sender only: an asymmetric tap", () => {
    const talk = scenario();
    traffic(talk, 1, 21, "initiator");
    talk.at(5).initiator.sends(informational({ id: 7 }));
    talk.at(15).initiator.sends(informational({ id: 8 }));
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("where the silent side's IKE is from another time than the traffic", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(5).initiator.sends(informational());
    talk.at(5.1).responder.sends(informationalAnswer());
    // By then the tap may have lost one direction: no IKE is seen either way while ESP flows.
    traffic(talk, 3600, 3620, "initiator");
    expect(accusations(talk.endsAt(3621).judge())).toEqual([]);
  });

  it("where IKEv1 peers only exchange DPD", () => {
    const talk = scenario();
    talk.at(1).initiator.sends(informationalV1());
    talk.at(1.1).responder.sends(informationalV1());
    expect(accusations(talk.endsAt(30).judge())).toEqual([]);
  });

  it("with several SAs at once, a pair for each processor (RFC 9611)", () => {
    const talk = scenario();
    setsUp(talk);
    for (let cpu = 0; cpu < 4; cpu++) {
      talk.at(1, 2, 3, 4, 5).initiator.esp({ spi: 0x0a000000 + cpu });
      talk.at(1.5, 2.5, 3.5).responder.esp({ spi: 0x0b000000 + (cpu >> 1) });
    }
    const judgement = talk.endsAt(30).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("where a rekey has just begun a new SPI", () => {
    const talk = scenario();
    traffic(talk, 1, 20);
    talk.at(20.1).initiator.esp({ spi: 0x0a0a0a0a });
    const judgement = talk.endsAt(30).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("on a translator that shows both sides, with ESP in one direction in each view", () => {
    const talk = scenario(ON_TRANSLATOR);
    setsUp(talk);
    traffic(talk, 1, 20);
    const judgement = talk.endsAt(30).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("where IKE_AUTH itself was not answered: that is the fault", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(50, 54, 61).initiator.sends(ikeAuth({ sa: talk.newSa() }));
    traffic(talk, 1, 20, "both");
    expect(faults(talk.endsAt(90).judge())).not.toContain("esp-one-way");
  });
});

describe("ESP alone", () => {
  it("both ways is a healthy tunnel that began before the capture", () => {
    const talk = scenario();
    traffic(talk, 1, 20);
    const judgement = talk.endsAt(30).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it.each(["initiator", "responder"] as const)("from the %s only cannot be judged", (way) => {
    const talk = scenario();
    traffic(talk, 1, 20, way);
    const judgement = talk.endsAt(30).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("keepalives alone cannot be judged", () => {
    const talk = scenario({ floats: true });
    talk.at(1, 21, 41).initiator.keepalive();
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("nothing-to-judge");
  });
});
