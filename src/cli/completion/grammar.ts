import type { Argument, Command, Option } from "commander";
import type { Texts } from "../../texts/texts.js";
import { FLEET_CODES } from "../../fleet/codes.js";
import { CODES, titleOf } from "../../report/catalogue.js";
import { fleetTitleOf } from "../../report/fleet/catalogue.js";
import { NOTIFY_NAMES } from "../../report/notify-explained.js";

/** A word that may stand somewhere, and what it means; an empty meaning where the word says it. */
export type Word = readonly [word: string, meaning: string];

/** The values that are completed. */
export type Values =
  | { readonly kind: "words"; readonly words: readonly Word[] }
  | { readonly kind: "files" | "directories" | "interfaces" | "users" | "programs" | "anything" };

export interface CompletedOption {
  /** As they are typed, such as "-f" and "--format". */
  readonly names: readonly string[];
  readonly description: string;
  /** Null for one that takes no value. */
  readonly values: Values | null;
  /** The value may be left out. */
  readonly valueIsOptional: boolean;
  readonly repeats: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The arguments that are no options; null where there are none. */
  readonly values: Values | null;
}

/** The command line as a completion script has to know it. */
export interface Grammar {
  /** Options that stand where no command is named, beside those of the default one. */
  readonly options: readonly CompletedOption[];
  /** The first is the default one. */
  readonly commands: readonly CompletedCommand[];
}

/** The command tree for the scripts. */
export function grammarOf(root: Command, texts: Texts): Grammar {
  const commands = root.commands.map((command) => {
    const [argument] = command.registeredArguments;
    return {
      name: command.name(),
      description: texts.of(command.description()),
      options: optionsOf(command, texts),
      values: argument === undefined ? null : valuesOf(argument, texts),
    };
  });
  // Without a command those of the default one hold too: --help is among both.
  const known = new Set(commands[0]?.options.flatMap(({ names }) => names));
  return {
    options: optionsOf(root, texts).filter(({ names }) => !names.some((name) => known.has(name))),
    commands,
  };
}

function optionsOf(command: Command, texts: Texts): readonly CompletedOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined),
      description: texts.of(option.description),
      values: option.required || option.optional ? valuesOf(option, texts) : null,
      valueIsOptional: option.optional,
      repeats: option.variadic,
    }));
}

function valuesOf(told: Option | Argument, texts: Texts): Values {
  const { argChoices } = told;
  if (argChoices !== undefined) return { kind: "words", words: argChoices.map((choice) => [choice, ""]) };
  const placeholder = "flags" in told ? /[<[](\w+)/.exec(told.flags)?.[1] : told.name();
  switch (placeholder) {
    case "capture":
    case "file":
      return { kind: "files" };
    case "dir":
      return { kind: "directories" };
    case "interface":
      return { kind: "interfaces" };
    case "user":
      return { kind: "users" };
    case "command":
      return { kind: "programs" };
    case "code":
      return {
        kind: "words",
        words: [
          ...CODES.map((code): Word => [code, texts.of(titleOf(code))]),
          ...FLEET_CODES.map((code): Word => [code, texts.of(fleetTitleOf(code))]),
          ...NOTIFY_NAMES.map((name): Word => [name, texts.of("a notify")]),
        ],
      };
    default:
      return { kind: "anything" };
  }
}

/** Whether words are worth showing with their meanings. */
export function hasMeanings(words: readonly Word[]): boolean {
  return words.some(([, meaning]) => meaning !== "");
}
