import { CUT_MARK, PLACES_MARK, THINNED_MARK } from "../bytes/extract-mark.js";
import type { CaptureFile } from "../session/model.js";

/** Whether the packets of ESP streams in this file are only some of those that were captured. */
export function isThinned(file: CaptureFile): boolean {
  return isMarked(file, THINNED_MARK);
}

/** Whether one of these files is an extract of several: that a tunnel works cannot be told from it. */
export function isOfSeveralPlaces(files: readonly CaptureFile[]): boolean {
  return files.some((file) => isMarked(file, PLACES_MARK));
}

/** Whether the file ends in the middle of a packet, or is an extract of one that does: the next packet may have been there. */
export function isCutShort(file: CaptureFile): boolean {
  return file.notes.some(({ kind }) => kind === "cut-short") || isMarked(file, CUT_MARK);
}

function isMarked({ notes }: CaptureFile, mark: string): boolean {
  return notes.some(({ kind, text }) => kind === "comment" && text === `capture: ${mark}`);
}
