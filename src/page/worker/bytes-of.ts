import { frameRef } from "../../bytes/frame.js";
import { CaptureError, type CaptureSource } from "../../capture/source.js";
import { decodeMessages } from "../../index.js";
import { openedField, pageMessage } from "../../report/html/messages.js";
import { printableData } from "../../report/html/printable-data.js";
import type { BytesAnswer, Question } from "../protocol.js";
import type { Session } from "./session.js";

/** Bytes of a frame that are shown; a message has no more by itself. */
const MOST_OF_FRAME = 4096;

/**
 * Reads a capture again, up to a frame, for its bytes: the judgement keeps none. Rejects where the frame is not there any more.
 */
export async function bytesOf(
  { frame, isMessage }: Extract<Question, { readonly about: "bytes" }>,
  session: Session,
): Promise<BytesAnswer> {
  // "2:17" is a frame of the second file.
  const [number = 0, file = 1] = frame.split(":").map(Number).toReversed();
  const source = session.open({ only: file - 1 });
  const found = isMessage
    ? await messageBytes(source, frameRef(file - 1, number), session)
    : await frameBytes(source, number);
  if (found === null) throw new Error(`frame ${frame} is not in the file any more`);
  return found;
}

async function messageBytes(
  source: CaptureSource,
  wanted: number,
  { opening, presentation: { texts } }: Session,
): Promise<BytesAnswer | null> {
  const opener = opening?.opener();
  const reading = new AbortController();
  let found: BytesAnswer | null = null;
  await decodeMessages(
    source,
    {
      message: ({ message, bytes, sighting, opened }) => {
        if (found !== null || !sighting.frames.includes(wanted)) return;
        const inside = opened === undefined ? [] : [openedField(opened, texts)];
        found = {
          bytes: bytes.slice(),
          fields: printableData([...pageMessage(message, texts, bytes).fields, ...inside]),
        };
        reading.abort();
      },
      malformed: () => undefined,
    },
    { signal: reading.signal, ...(opener === undefined ? {} : { opener }) },
  );
  return found;
}

async function frameBytes(source: CaptureSource, number: number): Promise<BytesAnswer | null> {
  const { record } = source;
  try {
    do {
      while (source.next()) {
        if (record.frame < number) continue;
        if (record.frame > number) return null;
        const end = Math.min(record.end, record.start + MOST_OF_FRAME);
        return { bytes: record.bytes.slice(record.start, end), fields: [] };
      }
    } while (await source.fill());
    return null;
  } catch (error) {
    if (error instanceof CaptureError) return null;
    throw error;
  } finally {
    await source.close();
  }
}
