import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { say } from "../../texts/message.js";
import { CaptureError } from "../source.js";

/** Bytes by which files of one length are told apart, mostly: the first packets have times of their own. */
const BEGINNING = 64 * 1024;
/** A pcap file without a packet has this header alone, and each is like any other. */
const HEADER_BYTES = 24;

/**
 * The files without those that are there twice, under one name or as a copy under another: read twice, each of their packets would
 * look like a copy that the sniffer made. What cannot be looked at beforehand, as a pipe, stays.
 */
export async function withoutCopies(
  files: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly copies: readonly CaptureError[] }> {
  const kept: string[] = [];
  const copies: CaptureError[] = [];
  const lengths = await Promise.all(files.map(lengthOf));
  const counts = new Map<number, number>();
  for (const length of lengths) if (length !== null) counts.set(length, (counts.get(length) ?? 0) + 1);
  const beginnings = new Map<string, string[]>();
  for (const [at, file] of files.entries()) {
    const length = lengths[at] ?? null;
    const isAlone = length === null || counts.get(length) === 1;
    const original = isAlone ? null : await originalOf(file, length, beginnings);
    if (original === null) kept.push(file);
    else {
      const why =
        original === file
          ? "the same file was given twice; it is read once"
          : say`the same capture as ${original}, byte for byte; that one is read`;
      copies.push(new CaptureError(file, 0, why));
    }
  }
  return { files: kept, copies };
}

/** The file before it with the same bytes; null where there is none, and then it stands for those behind it. */
async function originalOf(
  file: string,
  length: number,
  beginnings: Map<string, string[]>,
): Promise<string | null> {
  const key = `${length} ${await digestOf(file, BEGINNING)}`;
  const known = beginnings.get(key);
  if (known === undefined) {
    beginnings.set(key, [file]);
    return null;
  }
  for (const other of known) {
    if (other === file || (await digestOf(file, length)) === (await digestOf(other, length))) return other;
  }
  known.push(file);
  return null;
}

/** Bytes of a regular file that has packets; null of anything else. */
async function lengthOf(file: string): Promise<number | null> {
  if (file === "-") return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true && found.size > HEADER_BYTES ? found.size : null;
}

/** A digest of the first so many bytes of a file; "" and its name where it cannot be read: that is told when it is opened. */
async function digestOf(file: string, length: number): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file, { start: 0, end: length - 1 })) hash.update(chunk);
    return hash.digest("hex");
  } catch {
    return ` ${file}`;
  }
}
