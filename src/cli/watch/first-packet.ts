import { type Message } from "../../texts/message.js";
import { openCaptures } from "../../capture/node/open.js";
import { CaptureError } from "../../capture/source.js";
import { toHex } from "../../bytes/hex.js";

/** Bytes of a packet that tell it from others of the same moment. */
const HEAD = 64;

/** The first packet of a file, as far as its beginning shows it. */
export type FirstPacket =
  /** `mark` is the same for all files that begin with this packet: a packed copy, or the file under another name. */
  | { readonly kind: "packet"; readonly time: number; readonly mark: string }
  /** A capture without a packet, or too short to tell. */
  | { readonly kind: "none" }
  /** Something else, or unreadable; `reason` is a sentence with the file's name. */
  | { readonly kind: "no-capture"; readonly reason: Message };

/** Bytes below which a file that is being written may still become any format. */
const SHORTEST = 24;

/** Reads a file up to its first packet. Never throws for what the file holds, or for a file that is gone. */
export async function firstPacketOf(path: string, size: number): Promise<FirstPacket> {
  if (size < SHORTEST) return { kind: "none" };
  try {
    const source = await openCaptures([path]);
    try {
      const { record } = source;
      do {
        if (!source.next()) continue;
        const { time, nanos, linkType, originalLength, bytes, start, end } = record;
        const head = toHex(bytes, start, Math.min(end, start + HEAD));
        return { kind: "packet", time, mark: [time, nanos, linkType, originalLength, head].join(" ") };
      } while (await source.fill());
      return { kind: "none" };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return error.offset === 0 ? { kind: "no-capture", reason: error.said } : { kind: "none" };
  }
}

/** Records of a file, and whether it ends with a whole one; what cannot be read on ends it. Never throws for what the file holds. */
export async function isWhole(path: string): Promise<boolean> {
  try {
    const source = await openCaptures([path]);
    try {
      do while (source.next());
      while (await source.fill());
      return !source.summaries().some(({ notes }) => notes.some(({ kind }) => kind === "cut-short"));
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof CaptureError) return false;
    throw error;
  }
}
