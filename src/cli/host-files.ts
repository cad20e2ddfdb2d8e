import { say } from "../texts/message.js";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Micros } from "../bytes/time.js";
import { FileBytes } from "../capture/node/file-bytes.js";
import { type Meter, MeteredBytes } from "../capture/node/meter.js";
import { StreamBytes } from "../capture/node/stream-bytes.js";
import { UnpackedBytes } from "../capture/node/unpacked-bytes.js";
import { readEvidence } from "../evidence/read.js";
import type { FileEvidence } from "../evidence/reader.js";
import type { EvidenceSink } from "../evidence/section.js";
import { UsageError, literal } from "./exit.js";

/** Files of a directory that are read, with all below it. */
const MOST_FILES = 10_000;

/** The files that names mean: a directory means all files in it and below, in the order of their names. */
export async function filesOf(names: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    if (name !== "-" && (await isDirectory(name))) {
      const below = await readdir(name, { recursive: true, withFileTypes: true });
      const inside = below
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      if (inside.length > MOST_FILES) {
        throw new UsageError(
          say`${literal(name)} has ${inside.length} files; no more than ${MOST_FILES} are read`,
        );
      }
      files.push(...inside.toSorted());
    } else files.push(name);
  }
  return files;
}

async function isDirectory(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch {
    // It is told when the file is opened.
    return false;
  }
}

/** The bytes of a text, "-" for standard input, unpacked where they are gzip. Throws CaptureError where it cannot be read. */
export async function openText(file: string, meter?: Meter): Promise<UnpackedBytes> {
  const raw = file === "-" ? new StreamBytes("-", process.stdin) : await FileBytes.open(file);
  if (meter !== undefined) meter.total = raw.size === null ? null : (meter.total ?? 0) + raw.size;
  return new UnpackedBytes(meter === undefined ? raw : new MeteredBytes(raw, meter));
}

/** Reads one file into a sink. Null where it is no text. */
export async function readHostFile(
  file: string,
  near: Micros,
  sink?: EvidenceSink,
  meter?: Meter,
): Promise<FileEvidence | null> {
  const bytes = await openText(file, meter);
  try {
    return await readEvidence(bytes, { file, near }, sink);
  } finally {
    await bytes.close();
  }
}
