import { CaptureError } from "../source.js";
import { type Message, verbatim } from "../../texts/message.js";

/** The usual error codes of files, in plain words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file: a part of its path is not a directory",
  EACCES: "permission is missing",
  EPERM: "permission is missing",
  EISDIR: "this is a directory",
  EMFILE: "too many files are open at once",
  ENFILE: "too many files are open at once",
  ENAMETOOLONG: "the file name is too long",
  ELOOP: "its symbolic links lead in a circle",
  EIO: "the disk reports an error",
  ENXIO: "this is not a file that can be read",
};

/** Why the system refused, in plain words where it is a usual reason, else in its own. */
export function systemReason(error: unknown): Message {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? verbatim(error instanceof Error ? error.message : String(error));
}

/** The error of opening or reading `file`, thrown by Node, as a {@link CaptureError} at that byte offset. */
export function captureErrorOf(file: string, offset: number, error: unknown): CaptureError {
  return error instanceof CaptureError ? error : new CaptureError(file, offset, systemReason(error));
}
