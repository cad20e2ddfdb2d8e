import { KeyReader, type KeyRing } from "../../index.js";
import type { Pause } from "./pause.js";
import { bytesOfFile } from "./bytes-of-file.js";

/** The keys in some files. */
export async function readKeys(files: readonly File[], pause: Pause): Promise<KeyRing> {
  const reader = new KeyReader();
  for (const file of files) {
    const keys = reader.file(file.name);
    const bytes = bytesOfFile(file, pause);
    // Keys are ASCII; other bytes stand in texts that are passed over.
    const decoder = new TextDecoder("latin1");
    try {
      for (let chunk = await bytes.read(); chunk !== null; chunk = await bytes.read()) {
        keys.text(decoder.decode(chunk));
      }
    } finally {
      await bytes.close();
    }
    keys.end();
  }
  return reader.ring();
}
