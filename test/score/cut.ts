import { judge } from "../../src/diagnosis/judge.js";
import type { Judgement } from "../../src/index.js";
import { Intake } from "../../src/session/intake/intake.js";
import type { CaptureFile } from "../../src/session/model.js";
import { readAll, type ReadRecord } from "../support/capture/read-all.js";
import type { Labelled } from "./labelled.js";

/** A labelled capture in memory, to be judged in parts. */
export interface Cuttable {
  readonly frames: readonly ReadRecord[];
  readonly files: readonly CaptureFile[];
}

export async function cuttable({ open }: Labelled): Promise<Cuttable> {
  const { records, summaries } = await readAll(await open());
  return { frames: records, files: summaries };
}

/** The judgement of the frames from index `from` up to `to`, exclusive, as of a file that holds no others. */
export function judgePart({ frames, files }: Cuttable, from: number, to: number): Judgement {
  const part = frames.slice(from, to);
  const intake = new Intake();
  for (const [index, frame] of part.entries()) {
    intake.frame({ ...frame, start: 0, end: frame.bytes.length, frame: index + 1, capture: 0 });
  }
  const times = part.map(({ time }) => time);
  const [firstTime, lastTime] = part.length === 0 ? [null, null] : [Math.min(...times), Math.max(...times)];
  const cut = files.slice(0, 1).map((file) => ({ ...file, packets: part.length, firstTime, lastTime }));
  return judge(intake.finish(), cut);
}
