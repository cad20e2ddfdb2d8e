import { LineSplitter } from "./lines/splitter.js";
import { EvidenceReader, type FileEvidence, type ReaderOptions } from "./reader.js";
import type { EvidenceSink } from "./section.js";

/** Bytes as they come; null at the end. A chunk is valid until the next is asked for. */
export interface TextBytes {
  read(): Promise<Uint8Array | null>;
}

/** A byte that no text has: the file is something else. */
const NUL = 0;

/** Whether a text has something of what hosts write: read up to there, else to its end. */
export async function isHostText(bytes: TextBytes, options: ReaderOptions): Promise<boolean> {
  const reader = new EvidenceReader(options);
  const splitter = new LineSplitter();
  for (let isFirst = true; ; isFirst = false) {
    const chunk = await bytes.read();
    if (chunk === null) break;
    if (isFirst && chunk.includes(NUL)) return false;
    for (const line of splitter.push(chunk)) reader.line(line);
    if (reader.recognises) return true;
  }
  for (const line of splitter.end()) reader.line(line);
  return reader.end().sections.length > 0;
}

/**
 * Reads a text to its end. Memory does not grow with it. Null where its first chunk shows that it is no text.
 */
export async function readEvidence(
  bytes: TextBytes,
  options: ReaderOptions,
  sink: EvidenceSink = {},
): Promise<FileEvidence | null> {
  const reader = new EvidenceReader(options, sink);
  const splitter = new LineSplitter();
  for (let isFirst = true; ; isFirst = false) {
    const chunk = await bytes.read();
    if (chunk === null) break;
    if (isFirst && chunk.includes(NUL)) return null;
    for (const line of splitter.push(chunk)) reader.line(line);
  }
  for (const line of splitter.end()) reader.line(line);
  return reader.end();
}
