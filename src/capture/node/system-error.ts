import { userInfo } from "node:os";
import { CaptureError } from "../source.js";
import { type Message, say, verbatim } from "../../texts/message.js";

/** The usual error codes of files, in plain words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file: a part of its path is not a directory",
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
  if (code === "EACCES" || code === "EPERM") return permissionMissing();
  return REASONS[code] ?? verbatim(error instanceof Error ? error.message : String(error));
}

/** Whose permission is missing: `live` started as root goes on as another user. */
export function permissionMissing(): Message {
  try {
    return say`permission is missing for the user ${verbatim(userInfo().username)}`;
  } catch {
    // A user of a container may have no name.
    return "permission is missing";
  }
}

/** The error of opening or reading `file`, thrown by Node, as a {@link CaptureError} at that byte offset. */
export function captureErrorOf(file: string, offset: number, error: unknown): CaptureError {
  return error instanceof CaptureError ? error : new CaptureError(file, offset, systemReason(error));
}
