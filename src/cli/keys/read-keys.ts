import { type Message, say, listed } from "../../texts/message.js";
import { basename } from "node:path";
import { FileBytes } from "../../capture/node/file-bytes.js";
import { UnpackedBytes } from "../../capture/node/unpacked-bytes.js";
import { decryptionSecrets, SECRETS_ESP } from "../../capture/pcapng-secrets.js";
import { KeyReader, type KeyRing } from "../../index.js";
import { UsageError, literal } from "../exit.js";
import { type FolderFile, folderFiles, isCapture } from "./key-files.js";
import { systemReason } from "../../capture/node/system-error.js";
import { complain } from "../standard-error.js";

/** The name for keys that pcapng captures hold themselves. */
export const EMBEDDED = "embedded";
/** Unpacked bytes of one file: a log of weeks at the highest level. */
const LARGEST_FILE = 4 * 1024 ** 3;

/** Options of commands that take keys. */
export interface KeysFlags {
  readonly keys?: readonly string[];
}

/**
 * Reads what was given as --keys: files of any form, directories of them, "embedded" for the captures themselves. Null where
 * nothing was given. Throws UsageError for what cannot be read, or holds no keys.
 */
export async function readKeys({ keys }: KeysFlags, captures: readonly string[]): Promise<KeyRing | null> {
  if (keys === undefined || keys.length === 0) return null;
  const reader = new KeyReader();
  const unknown: Message[] = [];
  for (const given of keys) {
    if (given === EMBEDDED) {
      await readEmbedded(reader, captures);
      continue;
    }
    const files = await filesIn(given);
    if (files !== null) await readDirectory(reader, given, files);
    else {
      const { found, lines } = await readFile(reader, given, basename(given));
      if (!found) unknown.push(say`${literal(given)} holds no keys that are recognised (${lines} lines)`);
    }
  }
  if (unknown.length === keys.length) throw new UsageError(say`--keys: ${listed(unknown, "statements")}`);
  for (const text of unknown) complain(text);
  return reader.ring();
}

/** The files of a directory; null for a file. */
async function filesIn(given: string): Promise<readonly FolderFile[] | null> {
  try {
    return await folderFiles(given);
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(given, error);
  }
}

async function readDirectory(
  reader: KeyReader,
  directory: string,
  files: readonly FolderFile[],
): Promise<void> {
  let foundSome = false;
  for (const { file, name } of files) {
    if (await isCapture(file)) continue;
    const { found } = await readFile(reader, file, name);
    foundSome ||= found;
  }
  if (!foundSome) {
    throw new UsageError(
      say`--keys: none of the ${files.length} files in ${literal(directory)} holds keys that are recognised`,
    );
  }
}

async function readFile(
  reader: KeyReader,
  file: string,
  name: string,
): Promise<{ readonly found: boolean; readonly lines: number }> {
  const keys = reader.file(name);
  let room = LARGEST_FILE;
  try {
    const bytes = new UnpackedBytes(await FileBytes.open(file));
    try {
      for (let chunk = await bytes.read(); chunk !== null; chunk = await bytes.read()) {
        room -= chunk.length;
        if (room < 0) throw new UsageError(say`--keys: ${literal(file)} has more than 4 GiB`);
        keys.text(latin1(chunk));
      }
    } finally {
      await bytes.close();
    }
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(file, error);
  }
  return { found: keys.end(), lines: keys.lines };
}

/** Keys are ASCII; other bytes stand in texts that are passed over. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

async function readEmbedded(reader: KeyReader, captures: readonly string[]): Promise<void> {
  let blocks = 0;
  for (const capture of captures) {
    if (capture === "-") {
      throw new UsageError("--keys embedded reads captures twice, so they have to be files");
    }
    const source = new UnpackedBytes(await FileBytes.open(capture));
    for (const { type, data } of await decryptionSecrets(source)) {
      if (type !== SECRETS_ESP) continue;
      blocks++;
      const keys = reader.file(`embedded keys of ${basename(capture)}`);
      keys.text(latin1(data));
      keys.end();
    }
  }
  if (blocks === 0)
    throw new UsageError(
      "no capture holds keys of ESP in itself (a pcapng may): name a file with keys, such as charon.log",
    );
}

function unreadable(file: string, error: unknown): UsageError {
  return new UsageError(say`--keys: cannot read ${literal(file)}: ${systemReason(error)}`);
}
