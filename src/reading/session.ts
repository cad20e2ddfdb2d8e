import { interruptedNote } from "../capture/note.js";
import type { CaptureError, CaptureSource, CaptureSummary } from "../capture/source.js";
import type { EspKernel } from "../esp/kernel.js";
import type { Opener } from "../opening/opener.js";
import { Intake, type IntakeOptions } from "../session/intake/intake.js";
import type { SessionModel } from "../session/model.js";
import { readFrames, type ReadOptions } from "./frames.js";

export interface SessionOptions extends Pick<ReadOptions, "signal"> {
  /** Makes the ESP of a capture that is read into its chunk fast. */
  readonly kernel?: EspKernel;
  /** Makes what opens what is encrypted, anew for each time that all is read. */
  readonly opener?: (() => Opener) | undefined;
}

export interface Session {
  readonly model: SessionModel;
  /** Why a capture could not be read to its end, or null. */
  readonly error: CaptureError | null;
  readonly files: readonly CaptureSummary[];
}

/** Reads a source to its end, or to the abort, and gives what peers said in it. Closes the source. */
export async function readSession(
  source: CaptureSource,
  { signal, kernel, opener: newOpener }: SessionOptions,
): Promise<Session> {
  const opener = newOpener?.();
  const intake = new Intake({ ...(kernel === undefined ? {} : { kernel }), ...openersOf(opener) });
  const { error, isWhole } = await readFrames(source, readerOf(intake), { signal });
  const model = intake.finish();
  const files = source.summaries();
  return {
    model: opener === undefined ? model : { ...model, opened: opener },
    error,
    files: isWhole ? files : files.map((file) => ({ ...file, notes: [...file.notes, interruptedNote()] })),
  };
}

/** Hands all that a source holds to an intake. */
export function readerOf(intake: Intake): { skim: (source: CaptureSource) => void; frame: Intake["frame"] } {
  return { skim: (source) => intake.skim(source), frame: (record) => intake.frame(record) };
}

export function openersOf(opener: Opener | undefined): Pick<IntakeOptions, "openers"> {
  return opener === undefined ? {} : { openers: { messages: opener, esp: opener.esp } };
}
