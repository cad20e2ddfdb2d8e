/** Three English words in a row: a sentence, or a part of one. */
const ENGLISH = /(?<![\w/.-])[a-z]{2,}(?: [a-z]{2,}){2,}/;

/** Lines of a text that have an English sentence beside what `stays` English in other languages, such as commands. */
export function englishLines(text: string, stays: RegExp): string[] {
  return text.split("\n").filter((line) => ENGLISH.test(line.replaceAll(stays, "")));
}
