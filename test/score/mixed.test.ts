import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { judge } from "../../src/diagnosis/judge.js";
import type { Judgement } from "../../src/index.js";
import { renderText } from "../../src/index.js";
import { Intake } from "../../src/session/intake/intake.js";
import { type PlainFrame, relocate } from "../support/relocate.js";
import { PCAPS, readTruth, type Truth } from "./truth.js";

const TUNNELS = 2000;
/** Setups begin this far apart, microseconds, so that many go on at once. */
const APART = 20_000;

/**
 * Captures of the laboratory that show a tunnel whole: what is cut or filtered is another matter among others. IKEv1
 * fragments hold a second header, whose SPIs cannot be changed in place;
 * a redirect names addresses inside; packets in clear of hosts with the same addresses are no tunnel's own; and what still goes on at the end of its own capture is another case in a longer one.
 */
const SCENES = readTruth().filter(
  ({ origin, status, file }) =>
    origin === "lab" &&
    status !== "nothing-to-judge" &&
    !/router|ikev1-(cert|fragments)|redirect|flapping-delete|late-failure|plaintext/.test(file),
);

async function framesOf(file: string): Promise<PlainFrame[]> {
  const source = await openCaptures([fileURLToPath(new URL(file, PCAPS))]);
  const frames: PlainFrame[] = [];
  const { record } = source;
  do {
    while (source.next()) {
      frames.push({ time: record.time, bytes: record.bytes.slice(record.start, record.end) });
    }
  } while (await source.fill());
  await source.close();
  const begin = frames[0]?.time ?? 0;
  return frames.map(({ time, bytes }) => ({ time: time - begin, bytes }));
}

/** A gateway's capture: the scenes in turn, each between peers of its own; generated from real frames. */
async function mixed(): Promise<{ judgement: Judgement; truths: Map<string, Truth> }> {
  const scenes = await Promise.all(
    SCENES.map(async (truth) => ({ truth, frames: await framesOf(truth.file) })),
  );
  const all: PlainFrame[] = [];
  const truths = new Map<string, Truth>();
  for (let number = 1; number <= TUNNELS; number++) {
    const scene = scenes[number % scenes.length];
    if (scene === undefined) throw new Error("no scene");
    truths.set(`10.0.${number >> 8}.${number & 255}`, scene.truth);
    for (const frame of scene.frames) {
      const placed = relocate(frame, number, 1.7e15 + number * APART);
      if (placed !== null) all.push(placed);
    }
  }
  all.sort((a, b) => a.time - b.time);
  const intake = new Intake();
  for (const [index, { time, bytes }] of all.entries()) {
    intake.frame({
      bytes,
      start: 0,
      end: bytes.length,
      originalLength: bytes.length,
      time,
      nanos: 0,
      linkType: 1,
      frame: index + 1,
      capture: 0,
      direction: 0,
    });
  }
  return { judgement: judge(intake.finish(), []), truths };
}

describe(`${TUNNELS} tunnels in one capture, healthy and failing ones`, () => {
  let judgement: Judgement;
  let truths: Map<string, Truth>;
  beforeAll(async () => {
    ({ judgement, truths } = await mixed());
  });

  it("are all told apart, and each has the verdict that it has alone", () => {
    const wrong: string[] = [];
    const judged = judgement.tunnels.filter(({ tunnel }) =>
      tunnel.addresses.some((address) => truths.has(address)),
    );
    for (const { tunnel, status, failingPhase, findings } of judged) {
      const truth = tunnel.addresses
        .map((address) => truths.get(address))
        .find((found) => found !== undefined);
      if (truth === undefined) continue;
      const root = findings.find(({ severity }) => severity === "critical")?.code ?? null;
      const wanted = truth.status === "failing" ? (truth.findings[0] ?? null) : null;
      if (status !== truth.status || root !== wanted || failingPhase !== truth.failingPhase) {
        wrong.push(`${truth.file}: ${status} ${root ?? "-"} ${failingPhase ?? "-"}`);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect(judged.length).toBeGreaterThanOrEqual(TUNNELS * 0.95);
  });

  it("give a scope, and a text that a person can read", () => {
    expect(judgement.scope).toBe("some-peers");
    const text = renderText(judgement);
    expect(text.split("\n").length).toBeLessThan(400);
    expect(text).toMatch(/^FAILING {2}\d+ of \d+ tunnels/);
    expect(text).toMatch(/some peers: \d+ of \d+ tunnels fail/);
  });
});
