import { say } from "../texts/message.js";
import { readFile } from "node:fs/promises";
import { UsageError, literal } from "./exit.js";
import { systemReason } from "../capture/node/system-error.js";

/** A shorter key can be found by trying. */
const SHORTEST_KEY = 16;

export interface AnonymizeFlags {
  readonly anonymize?: true;
  readonly anonymizeKey?: string;
}

/** The key to anonymize with: that of the file, so that the next report has the same replacements, or a new one; null for none. */
export async function anonymizeKey({
  anonymize,
  anonymizeKey: file,
}: AnonymizeFlags): Promise<Uint8Array | null> {
  if (file === undefined) return anonymize === true ? crypto.getRandomValues(new Uint8Array(32)) : null;
  const key = await contentOf(file);
  if (key.length < SHORTEST_KEY) {
    throw new UsageError(
      say`--anonymize-key: ${literal(file)} has ${key.length} bytes; a key has at least ${SHORTEST_KEY} ('openssl rand -out key 32' makes one)`,
    );
  }
  return key;
}

async function contentOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(say`--anonymize-key: cannot read ${literal(file)}: ${systemReason(error)}`);
  }
}
