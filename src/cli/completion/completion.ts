import type { Command } from "commander";
import { print } from "../outputs/standard-output.js";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { grammarOf } from "./grammar.js";
import { zshScript } from "./zsh.js";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `ikescope completion`: the script for a shell, made from the commands below `root`. */
export function completionCommand(shell: Shell, root: Command): Promise<void> {
  return print([SCRIPTS[shell](grammarOf(root))]);
}
