import type { Argument, Command, HelpConfiguration, Option } from "commander";
import { columnsOfText } from "../bytes/columns.js";
import { wrap } from "../report/wrap.js";
import { listed, type Message, say, verbatim } from "../texts/message.js";
import { recognised } from "../texts/recognised.js";
import type { Texts } from "../texts/texts.js";
import { habitOf } from "./habits.js";

/** Has --help and the errors of the parser of a command, and of those that are added to it, in the reader's language. */
export function speaking(root: Command, texts: Texts): Command {
  return root.configureHelp(helpIn(texts)).configureOutput({
    outputError: (text, write) => write(parserError(text, texts)),
  });
}

function helpIn(texts: Texts): HelpConfiguration {
  return {
    styleTitle: (title) => texts.of(title),
    commandDescription: (command) => texts.of(command.description()),
    subcommandDescription: (command) => texts.of(command.description()),
    optionDescription: (option) => texts.of(described(option)),
    argumentDescription: (argument) => texts.of(described(argument)),
    displayWidth: columnsOfText,
    boxWrap: (text, width) => wrap(text, width).join("\n"),
  };
}

/** Names the options that a command cannot do without in its line of usage, as it names its arguments. */
export function tellRequired(command: Command): Command {
  const required = command.options
    .filter(({ mandatory }) => mandatory)
    .map(({ flags }) => flags.split(", ").at(-1));
  return required.length === 0 ? command : command.usage([...required, command.usage()].join(" "));
}

/** The meaning of an option or argument, which values it takes, and which where it is not given. */
function described({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
}: Option | Argument): Message {
  const byDefault = typeof defaultValue === "string" ? JSON.stringify(defaultValue) : null;
  const shown = defaultValueDescription ?? byDefault;
  const values = [
    ...(argChoices === undefined
      ? []
      : [say`choices: ${verbatim(argChoices.map((choice) => JSON.stringify(choice)).join(", "))}`]),
    ...(shown === null ? [] : [say`default: ${verbatim(shown)}`]),
  ];
  return values.length === 0 ? description : say`${description} (${listed(values, "clauses")})`;
}

/** Sentences of the parser of options, as patterns. */
const SENTENCES: readonly string[] = [
  "error: unknown option '{0}'",
  "error: unknown command '{0}'",
  "error: missing required argument '{0}'",
  "error: option '{0}' argument missing",
  "error: required option '{0}' not specified",
  "error: option '{0}' argument '{1}' is invalid. Allowed choices are {2}.",
  "error: command-argument value '{0}' is invalid for argument '{1}'. Allowed choices are {2}.",
  "error: too many arguments for '{0}'. Expected {1} argument but got {2}.",
  "error: too many arguments for '{0}'. Expected {1} arguments but got {2}.",
  "error: too many arguments. Expected {0} argument but got {1}.",
  "error: too many arguments. Expected {0} arguments but got {1}.",
  "(Did you mean {0}?)",
  "(Did you mean one of {0}?)",
];

/** An error of the parser with all its lines in the reader's language; what is not known stays as it is. */
function parserError(text: string, texts: Texts): string {
  return text
    .split("\n")
    .flatMap((line) => [texts.of(recognised(line, SENTENCES)), ...habitLines(line, texts)])
    .join("\n");
}

/** Below an option of another program: how the same is had here. */
function habitLines(line: string, texts: Texts): string[] {
  const option = /^error: unknown option '(.+)'$/.exec(line)?.[1];
  const habit = option === undefined ? null : habitOf(option);
  return habit === null ? [] : [texts.of(say`(${habit})`)];
}
