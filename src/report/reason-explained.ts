import type { Code } from "../diagnosis/codes.js";
import { type FoundReason, findReasons } from "../diagnosis/reasons/find.js";
import { titleOf } from "./catalogue.js";
import { wrap } from "./wrap.js";

/** Reasons that are shown: a part of a sentence may stand in many. */
const MOST = 6;

/**
 * The findings that the reason stands for which a product prints, such as "phase1 proposal mismatch" of Huawei, also as a line of
 * a log, misspelled, or in Chinese. Null where no product is known to print it.
 */
export function explainReason(asked: string, width = 100): string | null {
  const reasons = findReasons(asked);
  if (reasons.length === 0) return null;
  const entries = reasons.slice(0, MOST).map((reason) => entryText(reason, width));
  const more = reasons.length - entries.length;
  return `${entries.join("\n")}${more > 0 ? `\n${more} more have these words; give more of the text.\n` : ""}`;
}

function entryText(
  { table, reason: { said, also = [], codes }, isGuess }: FoundReason,
  width: number,
): string {
  const longest = Math.max(...codes.map((code) => code.length));
  const others = also.length === 0 ? "" : ` (also ${also.join(", ")})`;
  const option = table.product === undefined ? "" : ` --product ${table.product}`;
  const lines = [
    ...(isGuess ? ["Probably meant:"] : []),
    ...wrap(`${said}${others}`, width, "  ", ""),
    ...wrap(
      `${table.by} prints it. On the wire it is one of these findings; 'ikescope explain CODE${option}' says what to do:`,
      width,
      "  ",
    ),
    "",
    ...codes.flatMap((code: Code) =>
      wrap(titleOf(code), width, " ".repeat(longest + 6), `    ${code.padEnd(longest)}  `),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
