import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import { generated, type Labelled, recorded } from "./labelled.js";
import { differences, unknownTo } from "./score.js";
import type { Truth } from "./truth.js";

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

/** Among copies a copy cannot be told, nor a counter that begins anew, which three packets in a row tell. */
const UNTELLABLE = new Set(["esp-duplicate", "esp-sequence-restart"]);
const isUntellable = ({ findings }: Truth): boolean => findings.some((code) => UNTELLABLE.has(code));

const captures = [...recorded(), ...generated()];

describe("a capture that shows each packet twice", () => {
  it.each(captures.filter(({ truth }) => !isUntellable(truth)))(
    "has the verdict of $truth.file",
    async (capture) => {
      const { truth } = capture;
      const nearMissOf = (truth.nearMissOf ?? []).filter((code) => code !== "capture-duplicates");
      expect(differences({ ...truth, nearMissOf }, await mirrored(capture))).toEqual([]);
    },
  );

  it.each(captures.filter(({ truth }) => isUntellable(truth)))(
    "accuses nobody of more than $truth.file does",
    async (capture) => {
      expect(unknownTo(capture.truth, await mirrored(capture))).toEqual([]);
    },
  );
});
