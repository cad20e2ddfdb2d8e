import type { CaptureFile } from "../session/model.js";
import { say, verbatim } from "../texts/message.js";
import { complain } from "./standard-error.js";

/** Says of each file that ends too early where it does, on standard error: for outputs that have no place for notes. */
export function tellCut(files: readonly Pick<CaptureFile, "file" | "notes">[]): void {
  for (const { file, notes } of files) {
    const note = notes.find(({ kind }) => kind === "cut-short");
    if (note !== undefined) complain(say`${verbatim(file)}: ${note.message ?? verbatim(note.text)}`);
  }
}
