import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Micros } from "../../bytes/time.js";
import { isOneRotation } from "../rotation.js";
import { CaptureError } from "../source.js";
import { withoutCopies } from "./given-twice.js";
import { openCaptures } from "./open.js";
import { captureErrorOf } from "./system-error.js";
import { say } from "../../texts/message.js";

/** More files than can be open at once on most systems. */
const MOST_FILES = 10_000;

/** Captures to be read, in order, and files that are not read. */
export interface CaptureNames {
  readonly files: readonly string[];
  /** Why a file of a folder, or one that is there twice, is not read, a sentence each with its name. */
  readonly passedOver: readonly CaptureError[];
  /** Those that are there twice: nothing is read of them, and nothing may be written over them. */
  readonly copies: readonly string[];
}

/**
 * The files that the names stand for: a folder for the captures in it, a pattern that no shell resolved (`*`, `?`) for those
 * that it matches; both in the order of their first packets, as rings of files begin anywhere in their numbers (tcpdump -C,
 * -G and -W). Files that were named one by one keep their order, but those of one rotation stand in its. Of copies the first is read. Throws
 * {@link CaptureError} where a folder holds no capture, or nothing matches.
 */
export async function captureNames(names: readonly string[]): Promise<CaptureNames> {
  const files: string[] = [];
  const passedOver: CaptureError[] = [];
  let isNamedOneByOne = true;
  for (const name of names) {
    const found = await listed(name);
    if (found === null) {
      files.push(name);
      continue;
    }
    isNamedOneByOne = false;
    const { captures, others } = await sifted(found);
    if (captures.length === 0) throw nothingIn(name, others);
    files.push(...captures);
    passedOver.push(...others);
  }
  if (files.length > MOST_FILES) {
    throw new CaptureError(
      names[0] ?? "",
      0,
      say`these are ${files.length} files; ${MOST_FILES} is the most that are read together`,
    );
  }
  const once = await withoutCopies(isNamedOneByOne ? files : [...new Set(files)]);
  return {
    files: isNamedOneByOne ? await inRotation(once.files) : await byFirstPacket(once.files),
    passedOver: [...passedOver, ...once.copies],
    copies: once.copies.map(({ file }) => file),
  };
}

/** Files of a folder, or those that a pattern matches; null where the name is that of a file, or of nothing. */
async function listed(name: string): Promise<string[] | null> {
  if (name === "-") return null;
  try {
    const found = await stat(name);
    return found.isDirectory() ? await filesIn(name, () => true) : null;
  } catch (error) {
    if (!/[*?]/.test(basename(name))) return null;
    const folder = dirname(name);
    const pattern = patternOf(basename(name));
    try {
      const files = await filesIn(folder, (file) => pattern.test(file));
      return name.startsWith("./") || folder !== "." ? files : files.map((file) => basename(file));
    } catch {
      throw captureErrorOf(name, 0, error);
    }
  }
}

/** Regular files of a folder whose names are wanted, without hidden ones, in the order of their names. */
async function filesIn(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.name.startsWith(".") && !entry.isDirectory() && isWanted(entry.name))
    .map(({ name }) => join(folder, name));
  const kinds = await Promise.all(
    files.map(async (file) => (await stat(file).catch(() => null))?.isFile() === true),
  );
  return files.filter((_file, index) => kinds[index]).toSorted(byName);
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}

/** Which of the files are captures: whatever else lies beside them is named, not read. */
async function sifted(files: readonly string[]): Promise<{ captures: string[]; others: CaptureError[] }> {
  const captures: string[] = [];
  const others: CaptureError[] = [];
  for (const file of files) {
    const fault = (await firstOf(file)).fault;
    // A file that fails further on is a capture: its fault is told when it is read.
    if (fault !== null && fault.offset === 0) others.push(fault);
    else captures.push(file);
  }
  return { captures, others };
}

/** Time of a file's first packet, null where it has none; and what kept it from being read. */
export async function firstOf(
  file: string,
): Promise<{ readonly time: Micros | null; readonly fault: CaptureError | null }> {
  try {
    const source = await openCaptures([file]);
    try {
      do {
        if (source.next()) return { time: source.record.time, fault: null };
      } while (await source.fill());
      return { time: null, fault: null };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { time: null, fault: error };
  }
}

async function byFirstPacket(files: readonly string[]): Promise<string[]> {
  const named = files.toSorted(byName);
  const timed: { file: string; time: Micros }[] = [];
  const rest: string[] = [];
  for (const file of named) {
    const time = file === "-" ? null : (await firstOf(file)).time;
    if (time === null) rest.push(file);
    else timed.push({ file, time });
  }
  return [...timed.toSorted((a, b) => a.time - b.time).map(({ file }) => file), ...rest];
}

/** Given so by a shell, 10 stands before 2. Two files are rather two places: their numbers are told apart easily. */
async function inRotation(files: readonly string[]): Promise<readonly string[]> {
  return files.length > 2 && isOneRotation(files) ? byFirstPacket(files) : files;
}

/** Numbers in names count as numbers. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function nothingIn(name: string, others: readonly CaptureError[]): CaptureError {
  const [first] = others;
  if (first === undefined) return new CaptureError(name, 0, "there is no file in it, or none that matches");
  return new CaptureError(
    name,
    0,
    say`no capture among ${others.length} file${others.length === 1 ? "" : "s"}; the first: ${first.said}`,
  );
}
