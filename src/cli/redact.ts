import { say } from "../texts/message.js";
import { printable } from "../bytes/text.js";
import { LineSplitter, type TextLine } from "../evidence/lines/splitter.js";
import { Redactor } from "../index.js";
import { anonymizeKey, type AnonymizeFlags } from "./anonymize.js";
import { EXIT, UsageError, literal } from "./exit.js";
import { openText } from "./host-files.js";
import { claimOutputs } from "./outputs/outputs.js";
import { complain } from "./standard-error.js";

export interface RedactFlags extends Pick<AnonymizeFlags, "anonymizeKey"> {
  readonly output?: string;
}

/** A byte that no text has. */
const NUL = 0;

/** `ikescope redact`: a log or dump without what should not be given away; what was left out is counted on stderr. */
export async function redactCommand(file: string, flags: RedactFlags): Promise<void> {
  const key = await anonymizeKey({ anonymize: true, ...flags });
  if (key === null) throw new UsageError("there is no key to replace values with");
  const [output] = await claimOutputs(
    [{ option: "--output", file: flags.output ?? "-" }],
    [
      { what: "the text", file },
      ...(flags.anonymizeKey === undefined ? [] : [{ what: "the key", file: flags.anonymizeKey }]),
    ],
  );
  const redactor = new Redactor(key);
  await output?.write(redactedPieces(file, redactor));
  const { kept, secrets, unknown } = redactor.count;
  complain(say`${kept} lines kept; left out: ${secrets} with secrets, ${unknown} that nothing knows`);
  process.exitCode = EXIT.ok;
}

async function* redactedPieces(file: string, redactor: Redactor): AsyncGenerator<string> {
  const bytes = await openText(file);
  const splitter = new LineSplitter();
  try {
    for (let isFirst = true; ; isFirst = false) {
      const chunk = await bytes.read();
      if (chunk === null) break;
      if (isFirst && chunk.includes(NUL)) throw new UsageError(say`${literal(file)} is no text`);
      yield redactedText(splitter.push(chunk), redactor);
    }
    yield redactedText(splitter.end(), redactor);
    yield printableText(redactor.end());
  } finally {
    await bytes.close();
  }
}

function redactedText(lines: Iterable<TextLine>, redactor: Redactor): string {
  let text = "";
  for (const line of lines) text += printableText(redactor.line(line));
  return text;
}

function printableText(lines: readonly string[]): string {
  return lines.map((line) => `${line.split("\t").map(printable).join("\t")}\n`).join("");
}
