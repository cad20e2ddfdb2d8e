import type { Command, Option } from "commander";

/**
 * The words of a command line with the name of the command before the options that were typed before it: `--lang zh explain CODE`
 * is `explain --lang zh CODE`. Options belong to commands; without this the default command would take the name for a capture.
 * Words that name no command, and options of the program itself such as --version, stay where they are.
 */
export function commandFirst(words: readonly string[], root: Command): readonly string[] {
  const names = new Set(root.commands.map((command) => command.name()));
  const options = root.commands.flatMap((command) => command.options);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      return names.has(word) ? [word, ...words.slice(0, at), ...words.slice(at + 1)] : words;
    }
    if (word === "--" || root.options.some((option) => isNamed(option, word))) return words;
    if (takesNextWord(word, options)) at++;
  }
  return words;
}

/** Whether the value of an option is the next word: of one that may go without a value it is not. */
function takesNextWord(word: string, options: readonly Option[]): boolean {
  if (word.includes("=") || (!word.startsWith("--") && word.length > 2)) return false;
  return options.some((option) => isNamed(option, word) && option.required);
}

function isNamed({ short, long }: Option, word: string): boolean {
  return word === short || word === long;
}
