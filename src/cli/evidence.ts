import { say } from "../texts/message.js";
import { stat } from "node:fs/promises";
import { type CaptureSource, extractEvidence, type Judgement, selectEvidence } from "../index.js";
import { UsageError, literal } from "./exit.js";
import type { Output } from "./outputs/outputs.js";
import { VERSION } from "./version.js";

/** Writes the extract of a judgement; `source` reads the same captures once more. */
export async function writeEvidence(
  output: Output,
  source: CaptureSource,
  judgement: Judgement,
  espKeys: readonly string[],
): Promise<void> {
  await output.write(
    extractEvidence(source, selectEvidence(judgement, espKeys.length > 0), `ikescope ${VERSION}`, espKeys),
  );
}

/** Refuses what cannot be read twice, and a pcapng on a terminal. */
export async function checkEvidence(output: Output, captures: readonly string[]): Promise<void> {
  if (output.isTerminal) throw new UsageError("--evidence is a pcapng file, which no terminal can show");
  for (const capture of captures) {
    // A missing file is told when it is opened.
    const found = capture === "-" ? null : await stat(capture).catch(() => null);
    if (found !== null && !found.isFile()) {
      throw new UsageError(
        say`--evidence reads the capture twice, and ${literal(capture)} is no file ('-' for standard input works)`,
      );
    }
  }
}
