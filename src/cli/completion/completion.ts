import type { Command } from "commander";
import { textsIn } from "../../texts/languages.js";
import type { Language } from "../../texts/texts.js";
import { localeLanguage } from "../language.js";
import { print } from "../outputs/standard-output.js";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { grammarOf } from "./grammar.js";
import { zshScript } from "./zsh.js";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `ikescope completion`: the script for a shell, made from the commands below `root`, with meanings in the reader's language. */
export function completionCommand(
  shell: Shell,
  root: Command,
  { lang }: { readonly lang?: Language },
): Promise<void> {
  return print([SCRIPTS[shell](grammarOf(root, textsIn(lang ?? localeLanguage())))]);
}
