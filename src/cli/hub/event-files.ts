import { LineSplitter } from "../../evidence/lines/splitter.js";
import { type GatewayEvent, readEvent } from "../../fleet/event/read.js";
import { openText } from "../host-files.js";

/** Bytes of a line that are read; accounts of ten tunnels have up to 350,000. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** A line of a file: its event, or why it is none. */
interface EventLine {
  readonly number: number;
  readonly event: GatewayEvent | string;
}

/** The events of a file line by line, packed with gzip or not; "-" is standard input. Throws CaptureError where it cannot be read. */
export async function* readEventFile(file: string): AsyncGenerator<EventLine> {
  const bytes = await openText(file);
  const splitter = new LineSplitter(LONGEST_LINE);
  try {
    for (;;) {
      const chunk = await bytes.read();
      if (chunk === null) break;
      for (const { number, text, isCut } of splitter.push(chunk)) yield lineOf(number, text, isCut);
    }
    // A line without its end is one that is being written.
    for (const { number, text, isCut } of splitter.end()) yield lineOf(number, text, isCut);
  } finally {
    await bytes.close();
  }
}

function lineOf(number: number, text: string, isCut: boolean): EventLine {
  return { number, event: isCut ? `it has more than ${LONGEST_LINE} bytes` : readEvent(text) };
}
