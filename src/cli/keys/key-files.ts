import { say } from "../../texts/message.js";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { beginsAsCapture } from "../../capture/formats.js";
import { FileBytes } from "../../capture/node/file-bytes.js";
import { UnpackedBytes } from "../../capture/node/unpacked-bytes.js";
import { CaptureError } from "../../capture/source.js";
import { UsageError, literal } from "../exit.js";

/** Files of a directory and of all below it; save-keys writes three. */
const MOST_FILES = 1000;

/** A file of a directory, and its name below that, by which its keys are called. */
export interface FolderFile {
  readonly file: string;
  readonly name: string;
}

/** All files in a directory and below it, in the order of their names; null for what is none. Throws UsageError for too many. */
export async function folderFiles(directory: string): Promise<FolderFile[] | null> {
  if (!(await stat(directory)).isDirectory()) return null;
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (files.length > MOST_FILES) {
    throw new UsageError(
      say`--keys: ${literal(directory)} holds ${files.length} files, more than ${MOST_FILES}`,
    );
  }
  return files
    .toSorted()
    .map((file) => ({ file, name: join(basename(directory), relative(directory, file)) }));
}

/** Whether a file begins as a capture. False for one that cannot be read: who reads it for keys says why. */
export async function isCapture(file: string): Promise<boolean> {
  let bytes: UnpackedBytes | null = null;
  try {
    bytes = new UnpackedBytes(await FileBytes.open(file));
    const head = await bytes.read();
    return head !== null && beginsAsCapture(head);
  } catch (error) {
    if (error instanceof CaptureError) return false;
    throw error;
  } finally {
    await bytes?.close();
  }
}
