import type { Code } from "../diagnosis/codes.js";
import { type FoundReason, findReasons } from "../diagnosis/reasons/find.js";
import { ENGLISH } from "../texts/texts.js";
import type { Texts } from "../texts/texts.js";
import { listed, say, verbatim } from "../texts/message.js";
import { titleOf } from "./catalogue.js";
import { wrap } from "./wrap.js";

/** Reasons that are shown: a part of a sentence may stand in many. */
const SHOWN_REASONS = 6;

/**
 * The findings that the reason stands for which a product prints, such as "phase1 proposal mismatch" of Huawei, also as a line of
 * a log, misspelled, or in Chinese. Null where no product is known to print it.
 */
export function explainReason(asked: string, width = 100, texts: Texts = ENGLISH): string | null {
  const reasons = findReasons(asked);
  if (reasons.length === 0) return null;
  const entries = reasons.slice(0, SHOWN_REASONS).map((reason) => entryText(reason, width, texts));
  const more = reasons.length - entries.length;
  const rest = more > 0 ? `\n${texts.of(say`${more} more have these words; give more of the text.`)}\n` : "";
  return entries.join("\n") + rest;
}

function entryText(
  { table, reason: { said, also = [], codes }, isGuess }: FoundReason,
  width: number,
  texts: Texts,
): string {
  const longest = Math.max(...codes.map((code) => code.length));
  const head =
    also.length === 0 ? verbatim(said) : say`${verbatim(said)} (also ${listed(also.map(verbatim))})`;
  const option = table.product === undefined ? "" : ` --product ${table.product}`;
  const meaning = say`${verbatim(table.by)} prints it. On the wire it is one of these findings; 'ikescope explain CODE${verbatim(option)}' says what to do:`;
  const lines = [
    ...(isGuess ? [texts.of("Probably meant:")] : []),
    ...wrap(texts.of(head), width, "  ", ""),
    ...wrap(texts.of(meaning), width, "  "),
    "",
    ...codes.flatMap((code: Code) =>
      wrap(texts.of(titleOf(code)), width, " ".repeat(longest + 6), `    ${code.padEnd(longest)}  `),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
