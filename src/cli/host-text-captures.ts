import { stat } from "node:fs/promises";
import { say } from "../texts/message.js";
import { LineSplitter } from "../evidence/lines/splitter.js";
import { EvidenceReader } from "../evidence/reader.js";
import { literal, UsageError } from "./exit.js";
import { openText } from "./host-files.js";

/** Bytes of a file that are looked at. */
const LOOKED_AT = 256 * 1024;
/** The share of a host's text that is recognised, at least; in a mail with packets and a few lines of a log it is smaller. */
const LEAST_SHARE = 0.5;
const NUL = 0;

/** Throws a UsageError for a log or dump of a host that is given as a capture: a state's key would be read as a packet. */
export async function refuseHostTexts(captures: readonly string[]): Promise<void> {
  for (const file of captures) {
    if (file === "-" || !(await isFile(file)) || !(await isHostTextAlone(file))) continue;
    throw new UsageError(
      say`${literal(file)} is a log or dump of a host, not a capture; each such file needs its own --with: --with ${literal(file)}`,
    );
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    // It is told when the file is opened.
    return false;
  }
}

/** Whether the file is recognised as a log or dump of a host, and is no mail with packets in it. */
export async function isHostTextAlone(file: string): Promise<boolean> {
  const reader = new EvidenceReader({ file, near: 0 });
  const splitter = new LineSplitter();
  const bytes = await openText(file);
  try {
    for (let looked = 0; looked < LOOKED_AT;) {
      const chunk = await bytes.read();
      if (chunk === null) break;
      if (chunk.includes(NUL)) return false;
      for (const line of splitter.push(chunk)) reader.line(line);
      looked += chunk.length;
    }
  } catch {
    // A damaged gzip is told as what it is when it is read as a capture.
    return false;
  } finally {
    await bytes.close();
  }
  const { sections, lines, unknown } = reader.end();
  return sections.length > 0 && unknown.lines <= lines * (1 - LEAST_SHARE);
}
