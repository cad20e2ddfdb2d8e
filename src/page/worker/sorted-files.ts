import { beginsAsCapture } from "../../capture/formats.js";
import { readEvidence } from "../../evidence/read.js";
import { HostCollector } from "../../joint/host.js";
import type { PlacedText } from "../../joint/host-table.js";
import type { Breath } from "./breath.js";
import { bytesOfFile } from "./bytes-of-file.js";
import { readKeys } from "./read-keys.js";

/** Files by what they hold: packets, what hosts say, keys. A log may hold keys, too, and then is both. */
export interface SortedFiles {
  readonly captures: readonly File[];
  readonly texts: readonly PlacedText<File>[];
  readonly keys: readonly File[];
}

/** Sorts files by their content. What is neither a host's text nor keys counts as a capture, and is refused as none later. */
export async function sortFiles(files: readonly File[], breath: Breath): Promise<SortedFiles> {
  const captures: File[] = [];
  const texts: PlacedText<File>[] = [];
  const keys: File[] = [];
  for (const file of files) {
    if (await isCapture(file, breath)) {
      captures.push(file);
      continue;
    }
    const text = await hostText(file, breath);
    const hasKeys = await holdsKeys(file, text !== null, breath);
    if (text !== null) texts.push(text);
    if (hasKeys) keys.push(file);
    if (text === null && !hasKeys) captures.push(file);
  }
  return { captures, texts, keys };
}

/** What cannot be read is told when it is read as a capture. */
async function isCapture(file: File, breath: Breath): Promise<boolean> {
  const bytes = bytesOfFile(file, breath);
  try {
    const head = await bytes.read();
    return head === null || beginsAsCapture(head);
  } catch {
    return true;
  } finally {
    await bytes.close();
  }
}

/** Null where nothing in a file is what hosts write. */
async function hostText(file: File, breath: Breath): Promise<PlacedText<File> | null> {
  const bytes = bytesOfFile(file, breath);
  const collector = new HostCollector();
  try {
    const near = file.lastModified * 1000;
    const evidence = await readEvidence(bytes, { file: file.name, near }, collector);
    const isOne = evidence !== null && evidence.sections.length > 0;
    return isOne ? { file, host: null, addresses: [...collector.addresses] } : null;
  } catch {
    return null;
  } finally {
    await bytes.close();
  }
}

/** Lines of keys that cannot be taken make keys of a file that is nothing else; in a log they are left alone, as most hide them. */
async function holdsKeys(file: File, isText: boolean, breath: Breath): Promise<boolean> {
  try {
    const { keys, faults } = await readKeys([file], breath);
    return keys.length > 0 || (!isText && faults.length > 0);
  } catch {
    return false;
  }
}
