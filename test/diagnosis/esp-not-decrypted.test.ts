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

/** Pings each second, of whose answers those before `until` are shown decrypted; with `asked` the pings are shown in clear, too. */
function copiedUntil(
  until: number,
  {
    answer = () => 120,
    asked = false,
  }: { readonly answer?: (second: number) => number; readonly asked?: boolean } = {},
): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  for (const second of every(1, 1, 40)) {
    if (asked) talk.clear([second - 0.0002], "initiator", HERE, THERE);
    dialogue(talk, [second], { ask: { size: 120 }, answer: { size: answer(second) } });
    if (second < until) talk.clear([second + COPY], "responder", THERE, HERE);
  }
  return talk.endsAt(60);
}

describe(CODE, () => {
  it("fires where copies in clear end, and ESP of the same size goes on coming in", () => {
    const judgement = copiedUntil(20, { asked: true }).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toContain("192.0.2.10 receives ESP of 198.51.100.20 and no longer decrypts it");
    expect(judgement.status).toBe("failing");
  });

  it.each([
    ["after a few packets", copiedUntil(31, { asked: true })],
    ["where the file does not show that the inner hosts go on: a filter may keep them out", copiedUntil(20)],
  ])("is only possible %s", (_name, talk) => {
    expect(finding(talk.judge(), CODE).confidence).toBe("possible");
  });

  it.each<[string, () => Scenario]>([
    ["all are shown", () => copiedUntil(100)],
    [
      "the gateway answers them at once: the copies are missing in the file only",
      () => {
        const talk = scenario({ near: "responder" });
        setsUp(talk);
        dialogue(talk, every(1, 1, 40));
        const copies = every(1, 1, 20).map((second) => second + 0.0002);
        talk.clear(copies, "initiator", HERE, THERE);
        return talk.endsAt(60);
      },
    ],
    ["a few at the end are not: the capture of them may be late", () => copiedUntil(36)],
    [
      "those without a copy are of another size: other traffic, which a filter may keep out",
      () => copiedUntil(20, { answer: (second) => (second < 20 ? 120 : 400) }),
    ],
  ])("is silent where %s", (_name, made) => {
    expect(codes(made().judge())).not.toContain(CODE);
  });
});
