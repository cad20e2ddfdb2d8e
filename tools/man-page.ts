import type { Argument, Command, Option } from "commander";
import { type Note, notesOf } from "../src/cli/commands/notes.js";
import { bold, escaped, italic, line, row, typed } from "./roff.js";

/** Notes that are sections of the page, in this order, whichever command has them. Others stand below their command. */
const SECTIONS = ["Signals", "Permission", "Exit status", "Environment", "Files", "Examples"];

const SEE_ALSO = [
  "tcpdump(8)",
  "dumpcap(1)",
  "wireshark(1)",
  "setcap(8)",
  "capabilities(7)",
  "pcap-filter(7)",
];

/** Columns for commands to type: a terminal of 80 less the indentation of the page and of the block. */
const TYPED = 66;

/** A longer term has its text below it. */
const WIDEST_TERM = 18;

/** The manual page of the commands below `root`, in roff; `date` is that of its last change, YYYY-MM-DD. */
export function manPage(root: Command, date: string): string {
  const all = [root, ...root.commands];
  const [byDefault] = root.commands;
  const title = [
    root.name().toUpperCase(),
    "1",
    date,
    `${root.name()} ${root.version() ?? ""}`,
    "User Commands",
  ];
  const lines = [
    '.\\" Made by tools/man.ts from the commands (npm run docs:man).',
    `.TH ${title.map((word) => `"${word}"`).join(" ")}`,
    // Justified and hyphenated text tears options and codes apart.
    ".nh",
    ".ad l",
    ".SH NAME",
    `${escaped(root.name())} \\- ${escaped(withoutStop(uncapitalized(root.description())))}`,
    ".SH SYNOPSIS",
    ...root.commands.flatMap((command, index) => [
      ...(index === 0 ? [] : [".br"]),
      synopsis(root, command, command === byDefault),
    ]),
    ".SH DESCRIPTION",
    line(escaped(root.description())),
    `Without the name of a command, ${bold(byDefault?.name() ?? "")} is meant.`,
    ...optionRows(root),
    ".SH COMMANDS",
    ...root.commands.flatMap((command) => commandLines(root, command)),
    ...SECTIONS.flatMap((heading) => {
      const notes = all.flatMap((command) => notesOf(command).filter((note) => note.heading === heading));
      const lines = heading === "Exit status" ? exitRows(all) : sectionRows(notes);
      return notes.length === 0 ? [] : [`.SH ${escaped(heading.toUpperCase())}`, ...lines];
    }),
    ".SH SEE ALSO",
    SEE_ALSO.map((page) =>
      page.replace(/^(.*)(\(\d\))$/, (_, name: string, section: string) => bold(name) + section),
    ).join(", "),
  ];
  return `${lines.join("\n")}\n`;
}

/** The page with the date that it has where it says the same as `before`, and otherwise that of today. */
export function currentManPage(root: Command, before: string, today: string): string {
  const [, date = today] = /^\.TH "[^"]*" "1" "(\d{4}-\d\d-\d\d)"/m.exec(before) ?? [];
  const same = manPage(root, date);
  return same === before ? same : manPage(root, today);
}

function synopsis(root: Command, command: Command, isDefault: boolean): string {
  const name = isDefault ? `[${bold(command.name())}]` : bold(command.name());
  const options = command.options.length > 0 ? [`[${italic("options")}]`] : [];
  return [bold(root.name()), name, ...options, ...command.registeredArguments.map(placeholder)].join(" ");
}

function commandLines(root: Command, command: Command): readonly string[] {
  return [
    `.SS "${escaped(`${root.name()} ${command.name()}`)}"`,
    line(escaped(`${capitalized(command.description())}.`)),
    ...command.registeredArguments.flatMap((argument) =>
      row(placeholder(argument), [...sentences(argument.description, argument)]),
    ),
    ...optionRows(command),
    ...notesOf(command)
      .filter(({ heading }) => !SECTIONS.includes(heading))
      .flatMap((note) => [".PP", line(escaped(`${note.heading}:`)), ".RS 4", ...noteRows(note), ".RE"]),
  ];
}

/** --help is everywhere, and said by what shows this page. */
function optionRows(command: Command): readonly string[] {
  return command.options.flatMap((option) => row(optionTerm(option), sentences(option.description, option)));
}

function optionTerm(option: Option): string {
  const names = [option.short, option.long].filter((name) => name !== undefined).map(bold);
  const value = /[<[].*[>\]]/.exec(option.flags)?.[0];
  return [names.join(", "), ...(value === undefined ? [] : [valueTerm(value)])].join(" ");
}

/** "<file>" and "[file]", "<address...>" as a manual writes them. */
function valueTerm(value: string): string {
  const name = italic(value.slice(1, -1).replace("...", ""));
  const repeated = value.includes("...") ? `${name} ...` : name;
  return value.startsWith("[") ? `[${repeated}]` : repeated;
}

function placeholder(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return valueTerm(argument.required ? `<${name}>` : `[${name}]`);
}

/** The meaning of an option or argument, which values it takes, and which where it is not given. */
function sentences(
  description: string,
  { argChoices, defaultValue, defaultValueDescription }: Option | Argument,
): readonly string[] {
  const byDefault: unknown = defaultValueDescription ?? defaultValue;
  return [
    `${capitalized(description)}.`,
    ...(argChoices === undefined ? [] : [`One of ${listed(argChoices)}.`]),
    ...(typeof byDefault === "string" ? [`Default: ${byDefault}.`] : []),
  ];
}

/** Between two paragraphs stands a macro, but none before a heading. */
function sectionRows(notes: readonly Note[]): readonly string[] {
  const shown = new Set<string>();
  const rows = notes.flatMap((note) =>
    noteRows({ ...note, rows: note.rows.filter(([term]) => !shown.has(term) && shown.add(term)) }),
  );
  return rows.at(-1) === ".PP" ? rows.slice(0, -1) : rows;
}

/** The exit status, commands that have the same one together. */
function exitRows(commands: readonly Command[]): readonly string[] {
  const users = new Map<Note, string[]>();
  for (const command of commands) {
    for (const note of notesOf(command).filter(({ heading }) => heading === "Exit status")) {
      users.set(note, [...(users.get(note) ?? []), command.name()]);
    }
  }
  const [root = ""] = commands.map((command) => command.name());
  return [...users].flatMap(([note, names], index) => [
    ...(index === 0 ? [] : [".PP"]),
    `Of ${listedAll(names.filter((name) => name !== root).map(bold))}:`,
    ...noteRows(note),
  ]);
}

function noteRows({ heading, rows }: Note): readonly string[] {
  if (heading === "Examples") {
    return rows.flatMap(([command, meaning]) => [
      line(escaped(`${meaning}:`)),
      ...typed(command, TYPED),
      ".PP",
    ]);
  }
  const longest = Math.max(...rows.map(([term]) => term.length));
  const indent = longest < WIDEST_TERM ? longest + 2 : undefined;
  return rows.flatMap(([term, meaning]) =>
    row(bold(term), [`${capitalized(withoutStop(meaning))}.`], indent),
  );
}

function listedAll(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** Help texts begin small and end open; sentences do not. Names of formats and units stay as they are. */
function capitalized(text: string): string {
  return /^(pcap|ikescope)/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}
