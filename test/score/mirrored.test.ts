import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import { generated, type Labelled, recorded } from "./labelled.js";
import { differences } from "./score.js";

/** A mirror port shows each packet once more, so many microseconds later. */
const LATER = 150;

async function mirrored({ open }: Labelled) {
  const source = await open();
  const frames: Omit<CaptureRecord, "frame" | "capture">[] = [];
  do {
    while (source.next()) {
      const { start, end, ...rest } = source.record;
      const frame = { ...rest, bytes: rest.bytes.slice(start, end), start: 0, end: end - start };
      frames.push(frame, { ...frame, time: frame.time + LATER });
    }
  } while (await source.fill());
  await source.close();
  const intake = new Intake();
  for (const [index, frame] of frames.toSorted((a, b) => a.time - b.time).entries()) {
    intake.frame({ ...frame, frame: index + 1, capture: 0 });
  }
  return judge(intake.finish(), source.summaries());
}

describe("a capture that shows each packet twice", () => {
  it.each([...recorded(), ...generated()])("has the verdict of $truth.file", async (capture) => {
    const { truth } = capture;
    const nearMissOf = (truth.nearMissOf ?? []).filter((code) => code !== "capture-duplicates");
    expect(differences({ ...truth, nearMissOf }, await mirrored(capture))).toEqual([]);
  });
});
