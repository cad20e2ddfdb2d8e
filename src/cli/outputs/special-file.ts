import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { chunksOf, type Pieces } from "./chunks.js";

/** ms until a pipe without a reader, or one that is full, is tried again. */
const RETRY_MS = 20;

/**
 * Writes to a named pipe or a device. A pipe waits for its reader as usual, but without holding a thread, so that a signal
 * ends the program meanwhile. Throws what the system says.
 */
export async function writeSpecialFile(path: string, pieces: Pieces): Promise<void> {
  const handle = await opened(path);
  try {
    for await (const chunk of chunksOf(pieces)) await writeAll(handle, chunk);
  } finally {
    await handle.close();
  }
}

async function opened(path: string): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch (error) {
      if (!hasCode(error, "ENXIO")) throw error;
      await pause(RETRY_MS);
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    try {
      rest = rest.subarray((await handle.write(rest)).bytesWritten);
    } catch (error) {
      if (!hasCode(error, "EAGAIN")) throw error;
      await pause(RETRY_MS);
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
