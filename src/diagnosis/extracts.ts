import { PLACES_MARK, THINNED_MARK } from "../bytes/extract-mark.js";
import type { CaptureFile } from "../session/model.js";

/** Whether the packets of ESP streams in this file are only some of those that were captured. */
export function isThinned(file: CaptureFile): boolean {
  return isMarked(file, THINNED_MARK);
}

/** Whether one of these files is an extract of several: that a tunnel works cannot be told from it. */
export function isOfSeveralPlaces(files: readonly CaptureFile[]): boolean {
  return files.some((file) => isMarked(file, PLACES_MARK));
}

function isMarked({ notes }: CaptureFile, mark: string): boolean {
  return notes.some(({ kind, text }) => kind === "comment" && text === `capture: ${mark}`);
}
