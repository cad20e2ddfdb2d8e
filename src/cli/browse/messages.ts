import type { FrameRef } from "../../bytes/frame.js";
import type { CaptureSource } from "../../capture/source.js";
import { decodeMessages, type Opener } from "../../index.js";
import type { DecodeContext } from "../../report/decode/line.js";
import { malformedLine } from "../../report/decode/line.js";
import { messageTexts } from "../../report/browse/message-page.js";

/** The texts of IKE messages by the frames that they came in; a frame with none has no entry. */
export type MessageTexts = ReadonlyMap<FrameRef, readonly (readonly string[])[]>;

/** Characters of all texts together; what comes after is not kept. */
const MOST_CHARACTERS = 16_000_000;

/**
 * Reads captures once more, as far as the last of the wanted frames, for the messages in them: what is kept of a tunnel has no
 * ciphertext and no nonces. `source` stands at its beginning, and is closed.
 */
export async function readMessages(
  source: CaptureSource,
  wanted: ReadonlySet<FrameRef>,
  context: DecodeContext,
  opener: Opener | null,
  signal: AbortSignal,
): Promise<MessageTexts> {
  const texts = new Map<FrameRef, (readonly string[])[]>();
  const missing = new Set(wanted);
  const enough = new AbortController();
  let room = MOST_CHARACTERS;
  const keep = (frames: readonly FrameRef[], text: readonly string[]): void => {
    const own = frames.filter((frame) => wanted.has(frame));
    room -= text.reduce((sum, line) => sum + line.length, 0);
    for (const frame of room < 0 ? [] : own) texts.set(frame, [...(texts.get(frame) ?? []), text]);
    for (const frame of own) missing.delete(frame);
    if (missing.size === 0 || room < 0) enough.abort();
  };
  const isWanted = (frames: readonly FrameRef[]): boolean => frames.some((frame) => wanted.has(frame));
  await decodeMessages(
    source,
    {
      message: (seen) => {
        const { frames } = seen.sighting;
        if (isWanted(frames)) keep(frames, messageTexts(seen, context));
      },
      malformed: (message) => {
        if (isWanted([message.frame])) keep([message.frame], [malformedLine(message, context)]);
      },
    },
    { signal: AbortSignal.any([signal, enough.signal]), ...(opener === null ? {} : { opener }) },
  );
  return texts;
}
