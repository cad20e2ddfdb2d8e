import type { Meter } from "../capture/node/meter.js";
import type { FileEvidence } from "../evidence/reader.js";
import { renderRecognised, renderRecognisedJson } from "../report/host/recognised.js";
import { EXIT, UsageError, literal } from "./exit.js";
import { filesOf, readHostFile } from "./host-files.js";
import { print } from "./outputs/standard-output.js";
import { showProgress } from "./progress.js";
import { textsIn } from "../texts/languages.js";
import type { Language } from "../texts/texts.js";
import { localeLanguage } from "./language.js";
import { say } from "../texts/message.js";
import { complain } from "./standard-error.js";

export interface RecogniseFlags {
  readonly format: "text" | "json";
  readonly lang?: Language;
}

/** `ikescope evidence`: what host texts hold, by section and line; nothing is judged. */
export async function recogniseCommand(names: readonly string[], flags: RecogniseFlags): Promise<void> {
  const meter: Meter = { read: 0, total: null };
  const progress = showProgress(meter);
  const found: FileEvidence[] = [];
  const noText: string[] = [];
  try {
    for (const file of await filesOf(names)) {
      const evidence = await readHostFile(file, Date.now() * 1000, undefined, meter);
      if (evidence === null) noText.push(file);
      else found.push(evidence);
    }
  } finally {
    progress.end();
  }
  for (const file of noText) complain(say`${literal(file)} is no text: not read`);
  if (found.length === 0) throw new UsageError("there is no text to look into");
  await print([
    flags.format === "json"
      ? renderRecognisedJson(found)
      : renderRecognised(found, textsIn(flags.lang ?? localeLanguage())),
  ]);
  const isAny = found.some(({ sections, secrets }) => sections.length > 0 || secrets.found.length > 0);
  process.exitCode = isAny ? EXIT.ok : EXIT.unusable;
}
