import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import { faults } from "../support/scenario/index.js";
import { generated, recorded } from "./labelled.js";

/** So many frames in a row are missing, as of a sniffer that is too slow for a moment. */
const MISSING = 2;

/** Where these two are missing, what is left is a setup that stops: nothing else of the tunnel is there. */
const NOTHING_ELSE: ReadonlySet<string> = new Set([
  "generated/first-request-lost-once",
  "generated/redirected-once",
  "generated/client-changes-address",
  "generated/equal-lifetimes",
]);
/** Frames from the first on at which they are missing: a setup, and what comes next. */
const PLACES = 20;

const working = [...recorded(), ...generated()].filter(
  ({ truth }) => truth.status === "healthy" && !NOTHING_ELSE.has(truth.file),
);

describe(`of a tunnel that works a sniffer misses ${MISSING} frames`, () => {
  it.each(working)("$truth.file: nobody fails", async ({ open }) => {
    const source = await open();
    const frames: CaptureRecord[] = [];
    do {
      while (source.next()) {
        const { record } = source;
        const bytes = record.bytes.slice(record.start, record.end);
        frames.push({ ...record, bytes, start: 0, end: bytes.length });
      }
    } while (await source.fill());
    await source.close();
    for (let from = 0; from < Math.min(PLACES, frames.length); from++) {
      const intake = new Intake();
      for (const [index, frame] of frames.entries()) {
        if (index < from || index >= from + MISSING) intake.frame(frame);
      }
      const said = faults(judge(intake.finish(), source.summaries()));
      expect({ from: from + 1, faults: said }).toEqual({ from: from + 1, faults: [] });
    }
  });
});
