import { open, stat } from "node:fs/promises";
import { packedForm } from "../capture/packed-forms.js";
import { MOST_STREAMS } from "../esp/stream-table.js";

/** The shortest packet of ESP in a capture: its length in a TCP stream (RFC 9329 section 3), SPI and sequence number. */
const SHORTEST_PACKET_BYTES = 10;
const HEAD_BYTES = 16;

/**
 * Streams that captures can hold by the size of their files, {@link MOST_STREAMS} at most; as many where one is packed or no file.
 * The kernel's memory is for so many: of 100,000 streams it is 180 MB, which V8 counts though the system provides what is used only,
 * so that a program that judges many small captures (`ikescope batch`) would collect garbage at each of them.
 */
export async function streamsWithin(captures: readonly string[]): Promise<number> {
  const sizes = await Promise.all(captures.map(sizeOf));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return Math.min(MOST_STREAMS, Math.ceil(bytes / SHORTEST_PACKET_BYTES) + 1);
}

/** Bytes of a capture that is a file and not packed; infinitely many otherwise. A pipe is not opened: it can be read once. */
async function sizeOf(capture: string): Promise<number> {
  const found = capture === "-" ? null : await stat(capture).catch(() => null);
  if (found?.isFile() !== true) return Infinity;
  const file = await open(capture);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return packedForm(buffer.subarray(0, bytesRead)) === null ? found.size : Infinity;
  } finally {
    await file.close();
  }
}
