import { beginsAsCapture } from "../../capture/formats.js";
import { isHostText } from "../../evidence/read.js";
import type { Pause } from "./pause.js";
import { bytesOfFile } from "./bytes-of-file.js";
import { readKeys } from "./read-keys.js";

/** Files by what they hold: packets, what hosts say, keys. A log may hold keys, too, and then is both. */
export interface SortedFiles {
  readonly captures: readonly File[];
  readonly texts: readonly File[];
  readonly keys: readonly File[];
}

/** Sorts files by their content. What is neither a host's text nor keys counts as a capture, and is refused as none later. */
export async function sortFiles(files: readonly File[], pause: Pause): Promise<SortedFiles> {
  const captures: File[] = [];
  const texts: File[] = [];
  const keys: File[] = [];
  for (const file of files) {
    if (await isCapture(file, pause)) {
      captures.push(file);
      continue;
    }
    const isText = await isOfHost(file, pause);
    const hasKeys = await holdsKeys(file, isText, pause);
    if (isText) texts.push(file);
    if (hasKeys) keys.push(file);
    if (!isText && !hasKeys) captures.push(file);
  }
  return { captures, texts, keys };
}

/** Whether a file is read as a capture; one that cannot be read is reported then. */
async function isCapture(file: File, pause: Pause): Promise<boolean> {
  const bytes = bytesOfFile(file, pause);
  try {
    const head = await bytes.read();
    return head === null || beginsAsCapture(head);
  } catch {
    return true;
  } finally {
    await bytes.close();
  }
}

/** Whether something in a file is what hosts write; read up to there. */
async function isOfHost(file: File, pause: Pause): Promise<boolean> {
  const bytes = bytesOfFile(file, pause);
  try {
    return await isHostText(bytes, { file: file.name, near: file.lastModified * 1000 });
  } catch {
    return false;
  } finally {
    await bytes.close();
  }
}

/** Lines of keys that cannot be taken make keys of a file that is nothing else; in a log they are left alone, as most hide them. */
async function holdsKeys(file: File, isText: boolean, pause: Pause): Promise<boolean> {
  try {
    const { keys, faults } = await readKeys([file], pause);
    return keys.length > 0 || (!isText && faults.length > 0);
  } catch {
    return false;
  }
}
