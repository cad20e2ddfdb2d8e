import { BlobBytes } from "./blob-bytes.js";
import type { Breath } from "./breath.js";
import { OpenedBytes } from "./opened-bytes.js";

/** The bytes of a file, unpacked where it is gzip. */
export function bytesOfFile(file: File, breath: Breath): OpenedBytes {
  return new OpenedBytes(new BlobBytes(file.name, file), breath);
}
