import { fileURLToPath } from "node:url";
import { openCaptures } from "../../src/capture/node/open.js";
import { judge } from "../../src/diagnosis/judge.js";
import type { Judgement } from "../../src/index.js";
import { Intake } from "../../src/session/intake/intake.js";
import { type PlainFrame, relocate } from "../support/relocate.js";
import { PCAPS, readTruth, type Truth } from "./truth.js";

/** Tunnels of the capture. */
export const TUNNELS = 2000;
/** Setups begin this far apart, microseconds, so that many go on at once. */
const APART = 20_000;

/**
 * Captures of the laboratory that show a tunnel whole: what is cut or filtered is another matter among others. IKEv1
 * fragments hold a second header, whose SPIs cannot be changed in place; a redirect names addresses inside; the new
 * addresses look like a NAT device, which AH does not pass; packets in clear of hosts with the same addresses are no
 * tunnel's own; and what still goes on at the end of its own capture is another case in a longer one.
 */
const SCENES = readTruth().filter(
  ({ origin, status, file }) =>
    origin === "lab" &&
    status !== "nothing-to-judge" &&
    !/router|-ah-|window-wide|ikev1-(cert|fragments)|initiator-rejects-ikev1|redirect|plaintext|flapping-delete|late-failure|ipv6/.test(
      file,
    ),
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

/** A gateway's frames: the scenes in turn, each between peers of its own; generated from real ones. The truths by peer. */
export async function mixedFrames(
  tunnels: number,
): Promise<{ readonly frames: readonly PlainFrame[]; readonly truths: ReadonlyMap<string, Truth> }> {
  const scenes = await Promise.all(
    SCENES.map(async (truth) => ({ truth, frames: await framesOf(truth.file) })),
  );
  const all: PlainFrame[] = [];
  const truths = new Map<string, Truth>();
  for (let number = 1; number <= tunnels; number++) {
    const scene = scenes[number % scenes.length];
    if (scene === undefined) throw new Error("no scene");
    truths.set(`10.0.${number >> 8}.${number & 255}`, scene.truth);
    for (const frame of scene.frames) {
      const placed = relocate(frame, number, 1.7e15 + number * APART);
      if (placed !== null) all.push(placed);
    }
  }
  return { frames: all.toSorted((a, b) => a.time - b.time), truths };
}

/** The judgement of such a capture. */
export async function mixed(): Promise<{ judgement: Judgement; truths: ReadonlyMap<string, Truth> }> {
  const { frames, truths } = await mixedFrames(TUNNELS);
  const intake = new Intake();
  for (const [index, { time, bytes }] of frames.entries()) {
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
