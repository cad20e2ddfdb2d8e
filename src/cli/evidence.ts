import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { printable } from "../bytes/text.js";
import { type CaptureSource, extractEvidence, type Judgement, selectEvidence } from "../index.js";
import { UsageError } from "./exit.js";
import { VERSION } from "./version.js";

/** Writes the extract of a judgement to a file; `source` reads the same captures once more. */
export async function writeEvidence(
  output: string,
  source: CaptureSource,
  judgement: Judgement,
): Promise<void> {
  const pieces = extractEvidence(source, selectEvidence(judgement), `ikescope ${VERSION}`);
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(output));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`cannot write ${printable(output)}: ${error.message}`);
  }
}

/** Refuses what cannot be read twice, and an extract that would overwrite what it is made of. */
export async function checkEvidence(output: string, captures: readonly string[]): Promise<void> {
  const target = await statOf(output);
  for (const capture of captures) {
    const found = capture === "-" ? null : await statOf(capture);
    if (found === null) continue;
    if (!found.isFile()) {
      throw new UsageError(
        `--evidence reads the capture twice, and ${printable(capture)} is no file ('-' for standard input works)`,
      );
    }
    if (target !== null && target.dev === found.dev && target.ino === found.ino) {
      throw new UsageError(`--evidence would overwrite the capture ${printable(capture)}`);
    }
  }
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch {
    // What is not there is for the opening of it to say.
    return null;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
