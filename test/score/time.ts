import type { Judgement } from "../../src/index.js";
import { type Cuttable, judgePart } from "./cut.js";
import type { Truth } from "./truth.js";

/** Seconds that a capture goes on after the frame at which a competent engineer would speak. */
export const TAILS: readonly number[] = [0, 0.1, 0.5, 1, 2, 5, 10];

/** What is said of a failing capture that was cut. */
export type Said = "right" | "other" | "silent" | "healthy";

/** The verdict of a failing label where the capture ends `tail` seconds after the deciding frame. */
export function saidAfter(
  { decidedAt, findings, soonAccept = [] }: Truth,
  cut: Cuttable,
  tail: number,
): Said {
  if (decidedAt === undefined) throw new Error("a failing label without decidedAt");
  const decided = cut.frames[decidedAt - 1]?.time ?? Infinity;
  const later = cut.frames.findIndex(({ time }, index) => index >= decidedAt && time > decided + tail * 1e6);
  const judgement = judgePart(cut, 0, later < 0 ? cut.frames.length : Math.max(decidedAt, later));
  return saidOf(judgement, [...findings, ...soonAccept]);
}

function saidOf({ status, findings }: Judgement, wanted: readonly string[]): Said {
  const told = findings.filter(({ severity, code }) => severity !== "info" && !code.startsWith("capture-"));
  if (told.some(({ code }) => wanted.includes(code))) return "right";
  if (status === "healthy") return "healthy";
  return told.length > 0 ? "other" : "silent";
}

/** Parts of a healthy capture: every prefix, frame by frame, and every suffix. */
export interface Accusation {
  readonly part: "prefix" | "suffix";
  /** Frames of the prefix, or the first frame of the suffix. */
  readonly at: number;
  readonly status: "failing" | "suspected";
  readonly code: string;
}

/** Which prefixes and suffixes of a capture without a fault are accused of one. `step`: only every so many frames. */
export function accusedParts(cut: Cuttable, step = 1): Accusation[] {
  const { length } = cut.frames;
  const accused: Accusation[] = [];
  const add = (part: Accusation["part"], at: number, judgement: Judgement): void => {
    const { status, findings } = judgement;
    if (status === "failing" || status === "suspected") {
      accused.push({ part, at, status, code: findings[0]?.code ?? "" });
    }
  };
  for (let at = 1; at <= length; at += step) add("prefix", at, judgePart(cut, 0, at));
  for (let at = 1; at < length; at += step) add("suffix", at + 1, judgePart(cut, at, length));
  return accused;
}

/** A prefix within the last tenth of the capture. */
export function isLate({ part, at }: Accusation, { frames }: Cuttable): boolean {
  return part === "prefix" && at > frames.length * 0.9;
}
