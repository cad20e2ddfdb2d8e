import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A write costs the same for few characters as for so many. */
const CHUNK = 64 * 1024;

/** Writes a text piece by piece and waits where the reader is slower, so that no more than a piece or two is in memory. */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<void> {
  for (const chunk of gathered(pieces)) if (!stream.write(chunk)) await once(stream, "drain");
}

/** The same to a file, which is made anew. Throws what the system says. */
export async function writePiecesTo(file: string, pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(gathered(pieces)), createWriteStream(file));
}

/** The pieces joined to chunks that are worth a write. */
function* gathered(pieces: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
