import { beginsAsCapture } from "../../capture/formats.js";
import { readEvidence } from "../../evidence/read.js";
import { HostCollector } from "../../joint/host.js";
import type { PlacedText } from "../../joint/host-table.js";
import { BlobBytes } from "./blob-bytes.js";
import type { Breath } from "./breath.js";
import { OpenedBytes } from "./opened-bytes.js";

/** Files by what they hold: packets, or what hosts say. */
export interface SortedFiles {
  readonly captures: readonly File[];
  readonly texts: readonly PlacedText<File>[];
}

/** Sorts files: a text that holds logs or dumps of a host is one, and all else is a capture, or is refused as none later. */
export async function sortFiles(files: readonly File[], breath: Breath): Promise<SortedFiles> {
  const captures: File[] = [];
  const texts: PlacedText<File>[] = [];
  for (const file of files) {
    const text = (await isCapture(file, breath)) ? null : await hostText(file, breath);
    if (text === null) captures.push(file);
    else texts.push(text);
  }
  return { captures, texts };
}

/** The bytes of a file, unpacked where it is gzip. */
export function bytesOfFile(file: File, breath: Breath): OpenedBytes {
  return new OpenedBytes(new BlobBytes(file.name, file), breath);
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
