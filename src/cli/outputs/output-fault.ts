import { permissionMissing } from "../../capture/node/system-error.js";
import { type Message, say } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";

/** The usual error codes of writing, in plain words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than the system allows",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such directory",
  ENOTDIR: "a part of its path is not a directory",
  EISDIR: "this is a directory",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open at once",
  ENFILE: "too many files are open at once",
  EIO: "the device reports an error",
  EPIPE: "its reader went away",
};

/** The error of the system at an output as a UsageError of one line. Throws any other error again: it is a bug. */
export function outputFault(name: string, error: unknown): UsageError {
  return new UsageError(say`cannot write ${literal(name)}: ${reasonOf(error)}`);
}

function reasonOf(error: unknown): Message {
  if (error instanceof UsageError) throw error;
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) throw error;
  if (error.code === "EACCES" || error.code === "EPERM") return permissionMissing();
  return REASONS[String(error.code)] ?? literal(error.message);
}
