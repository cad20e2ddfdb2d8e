import { say } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";

/** A run of quoted and unquoted pieces; what is quoted loses its quotes. */
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;
const QUOTED = /"([^"]*)"|'([^']*)'/g;

/**
 * Reads a program and its arguments for an option. Words are parted by blanks; quotes, single or double, keep blanks
 * together. No shell has a part in it: nothing is expanded, and a pipe is a word like any other. No word, or a quote that
 * does not end, is a UsageError.
 */
export function wordsOf(option: string): (text: string) => readonly string[] {
  return (text) => {
    if (/["']/.test(text.replaceAll(QUOTED, ""))) {
      throw new UsageError(say`${option}: a quote does not end in "${literal(text)}"`);
    }
    const words = (text.match(WORD) ?? []).map((word) =>
      word.replaceAll(QUOTED, (_, double?: string, single?: string) => double ?? single ?? ""),
    );
    if ((words[0] ?? "") === "") throw new UsageError(say`${option} takes a program and its arguments`);
    return words;
  };
}
