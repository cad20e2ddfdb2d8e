import { describe, expect, it } from "vitest";
import {
  codes,
  dialogue,
  every,
  finding,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-not-decrypted";
const HERE = "10.1.0.7";
const THERE = "10.2.0.9";
/** The answers of a dialogue come 20 ms behind its questions, and their copies right behind those. */
const COPY = 0.0205;

/** Pings each second, of whose answers those before `until` are shown decrypted. */
function copiedUntil(until: number, answer: (second: number) => number = () => 120): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  for (const second of every(1, 1, 40)) {
    dialogue(talk, [second], { ask: { size: 120 }, answer: { size: answer(second) } });
    if (second < until) talk.clear([second + COPY], "responder", THERE, HERE);
  }
  return talk.endsAt(60);
}

describe(CODE, () => {
  it("fires where copies in clear end, and ESP of the same size goes on coming in", () => {
    const judgement = copiedUntil(20).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toContain("192.0.2.10 receives ESP of 198.51.100.20 and no longer decrypts it");
    expect(judgement.status).toBe("failing");
  });

  it("is only possible after a few packets", () => {
    expect(finding(copiedUntil(31).judge(), CODE).confidence).toBe("possible");
  });

  it.each<[string, () => Scenario]>([
    ["all are shown", () => copiedUntil(100)],
    ["a few at the end are not: the capture of them may be late", () => copiedUntil(36)],
    [
      "those without a copy are of another size: other traffic, which a filter may keep out",
      () => copiedUntil(20, (second) => (second < 20 ? 120 : 400)),
    ],
  ])("is silent where %s", (_name, made) => {
    expect(codes(made().judge())).not.toContain(CODE);
  });
});
