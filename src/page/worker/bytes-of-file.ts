import { BlobBytes } from "./blob-bytes.js";
import type { Pause } from "./pause.js";
import { OpenedBytes } from "./opened-bytes.js";

/** The bytes of a file, unpacked where it is gzip. */
export function bytesOfFile(file: File, pause: Pause): OpenedBytes {
  return new OpenedBytes(new BlobBytes(file.name, file), pause);
}
