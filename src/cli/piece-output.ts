import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes a text piece by piece and waits where the reader is slower, so that no more than a piece or two is in memory. */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!stream.write(piece)) await once(stream, "drain");
}

/** The same to a file, which is made anew. Throws what the system says. */
export async function writePiecesTo(file: string, pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(file));
}
