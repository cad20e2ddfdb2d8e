import type { CaptureFile } from "../../../session/model.js";

/** Whether a file of the same rotation is missing before this one, so that nothing is known of the time between. */
export function lacksFileBefore({ notes }: Pick<CaptureFile, "notes">): boolean {
  return notes.some(({ kind }) => kind === "file-missing");
}
