import { setImmediate } from "node:timers/promises";

type Piece = string | Uint8Array;

/** Bytes or text for an output; text is written as UTF-8. */
export type Pieces = Iterable<Piece> | AsyncIterable<Piece>;

/** A write costs the same for few bytes as for so many. */
const CHUNK = 64 * 1024;

/** The pieces as bytes, joined to chunks that are worth a write. */
export async function* chunksOf(pieces: Pieces): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    waiting.push(bytes);
    length += bytes.length;
    if (length < CHUNK) continue;
    yield Buffer.concat(waiting, length);
    // A file takes all at once: without a turn of the event loop no signal would be heard until the end.
    await setImmediate();
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
