import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import type { CaptureFile } from "../../src/session/model.js";
import { faults } from "../support/scenario/index.js";
import { generated, type Labelled, recorded } from "./labelled.js";

/** Places at which each capture is cut, evenly spread. */
const CUTS = 16;

/** What a capture says that stops behind the third try in vain, or a refusal: what follows it nobody can know. */
const UNTIL_MORE_IS_KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ["generated/auth-request-lost-once-4500", ["natt-4500-unanswered"]],
  ["generated/quick-mode-1-lost-once", ["quick-mode-unanswered"]],
  ["generated/forged-no-proposal", ["ike-no-proposal-chosen"]],
]);

type Frame = Omit<CaptureRecord, "frame" | "capture">;

async function framesOf({ open }: Labelled): Promise<{ frames: Frame[]; files: readonly CaptureFile[] }> {
  const source = await open();
  const frames: Frame[] = [];
  do {
    while (source.next()) {
      const { record } = source;
      const bytes = record.bytes.slice(record.start, record.end);
      frames.push({ ...record, bytes, start: 0, end: bytes.length });
    }
  } while (await source.fill());
  await source.close();
  return { frames: frames.toSorted((a, b) => a.time - b.time), files: source.summaries() };
}

function faultsOf(frames: readonly Frame[], files: readonly CaptureFile[]): string[] {
  const intake = new Intake();
  for (const [index, frame] of frames.entries()) intake.frame({ ...frame, frame: index + 1, capture: 0 });
  const [firstTime, lastTime] = [frames[0]?.time ?? null, frames.at(-1)?.time ?? null];
  const shortened = files.map((file) => ({ ...file, packets: frames.length, firstTime, lastTime }));
  return faults(judge(intake.finish(), shortened));
}

const healthy = [...recorded(), ...generated()].filter(({ truth }) => truth.status === "healthy");

describe("of a tunnel that works", () => {
  it.each(healthy)("$truth.file: no part of the capture makes anybody fail", async (capture) => {
    const { frames, files } = await framesOf(capture);
    const cuts = Array.from({ length: CUTS }, (_, cut) =>
      Math.round(((cut + 1) * frames.length) / (CUTS + 1)),
    );
    const allowed = UNTIL_MORE_IS_KNOWN.get(capture.truth.file) ?? [];
    for (const cut of new Set([1, 2, 3, ...cuts])) {
      expect({ from: cut, faults: faultsOf(frames.slice(cut), files) }).toEqual({ from: cut, faults: [] });
      const said = faultsOf(frames.slice(0, cut), files).filter((code) => !allowed.includes(code));
      expect({ to: cut, faults: said }).toEqual({ to: cut, faults: [] });
    }
  });
});
