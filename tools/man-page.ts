import type { Argument, Command, Option } from "commander";
import { listed, type Message, say, verbatim } from "../src/texts/message.js";
import { ENGLISH, type Language, type Texts } from "../src/texts/texts.js";
import { type Note, notesOf } from "../src/cli/commands/notes.js";
import { ascii, bold, escaped, italic, line, row, typed } from "./roff.js";

/** The manual pages. `man` finds the Chinese one by itself where it is installed as share/man/zh_CN/man1/ikescope.1. */
export const MAN_PAGES: readonly { readonly language: Language; readonly file: string }[] = [
  { language: "en", file: "man/ikescope.1" },
  { language: "zh", file: "man/ikescope.zh_CN.1" },
];

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

/** The manual page of the commands below `root`, in roff and in the language of `texts`; `date` is that of its last change, YYYY-MM-DD. */
export function manPage(root: Command, date: string, texts: Texts = ENGLISH): string {
  const heading = (text: string): string => escaped(texts.of(text).toUpperCase());
  const about = texts.of(root.description());
  const [byDefault] = root.commands;
  const withoutCommand = texts.of(
    say`Without the name of a command, ${verbatim(bold(byDefault?.name() ?? ""))} is meant.`,
  );
  const all = [root, ...root.commands];
  const title = [
    root.name().toUpperCase(),
    "1",
    date,
    `${root.name()} ${root.version() ?? ""}`,
    escaped(texts.of("User Commands")),
  ];
  const lines = [
    '.\\" Made by tools/man.ts from the commands (npm run docs:man).',
    `.TH ${title.map((word) => `"${word}"`).join(" ")}`,
    // Justified and hyphenated text tears options and codes apart.
    ".nh",
    ".ad l",
    `.SH ${heading("Name")}`,
    `${escaped(root.name())} \\- ${escaped(withoutStop(uncapitalized(about)))}`,
    `.SH ${heading("Synopsis")}`,
    ...root.commands.flatMap((command, index) => [
      ...(index === 0 ? [] : [".br"]),
      synopsis(root, command, command === byDefault),
    ]),
    `.SH ${heading("Description")}`,
    ...inLines([escaped(about), ascii(withoutCommand)], texts).map(line),
    ...optionRows(root, texts),
    `.SH ${heading("Commands")}`,
    ...root.commands.flatMap((command) => commandLines(root, command, texts)),
    ...SECTIONS.flatMap((section) => {
      const notes = all.flatMap((command) => notesOf(command).filter((note) => note.heading === section));
      const rows = section === "Exit status" ? exitRows(all, texts) : sectionRows(notes, texts);
      return notes.length === 0 ? [] : [`.SH ${heading(section)}`, ...rows];
    }),
    `.SH ${heading("See also")}`,
    SEE_ALSO.map((page) =>
      page.replace(/^(.*)(\(\d\))$/, (_, name: string, section: string) => bold(name) + section),
    ).join(", "),
  ];
  return `${lines.join("\n")}\n`;
}

/** The page with the date that it has where it says the same as `before`, and otherwise that of today. */
export function currentManPage(root: Command, before: string, today: string, texts: Texts = ENGLISH): string {
  const [, date = today] = /^\.TH "[^"]*" "1" "(\d{4}-\d\d-\d\d)"/m.exec(before) ?? [];
  const same = manPage(root, date, texts);
  return same === before ? same : manPage(root, today, texts);
}

function synopsis(root: Command, command: Command, isDefault: boolean): string {
  const name = isDefault ? `[${bold(command.name())}]` : bold(command.name());
  const options = command.options.length > 0 ? [`[${italic("options")}]`] : [];
  return [bold(root.name()), name, ...options, ...command.registeredArguments.map(placeholder)].join(" ");
}

function commandLines(root: Command, command: Command, texts: Texts): readonly string[] {
  return [
    `.SS "${escaped(`${root.name()} ${command.name()}`)}"`,
    line(escaped(sentence(command.description(), texts))),
    ...command.registeredArguments.flatMap((argument) =>
      row(placeholder(argument), sentences(argument, texts)),
    ),
    ...optionRows(command, texts),
    ...notesOf(command)
      .filter(({ heading }) => !SECTIONS.includes(heading))
      .flatMap((note) => [
        ".PP",
        line(escaped(texts.of(say`${note.heading}:`))),
        ".RS 4",
        ...noteRows(note, texts),
        ".RE",
      ]),
  ];
}

/** --help is everywhere, and said by what shows this page. */
function optionRows(command: Command, texts: Texts): readonly string[] {
  return command.options.flatMap((option) => row(optionTerm(option), sentences(option, texts)));
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
  { description, argChoices, defaultValue, defaultValueDescription }: Option | Argument,
  texts: Texts,
): readonly string[] {
  const byDefault: unknown = defaultValueDescription ?? defaultValue;
  const said = [
    sentence(description, texts),
    ...(argChoices === undefined ? [] : [texts.of(say`One of ${anyOf(argChoices)}.`)]),
    ...(typeof byDefault === "string" ? [texts.of(say`Default: ${verbatim(byDefault)}.`)] : []),
  ];
  return inLines(said, texts);
}

/** Sentences as roff joins them: with a blank between, which Chinese has not. */
function inLines(said: readonly string[], { language }: Texts): readonly string[] {
  return language === "zh" ? [said.join("")] : said;
}

function sentence(text: string, texts: Texts): string {
  return texts.of(say`${capitalized(withoutStop(texts.of(text)))}.`);
}

/** Between two paragraphs stands a macro, but none before a heading. */
function sectionRows(notes: readonly Note[], texts: Texts): readonly string[] {
  const shown = new Set<string>();
  const rows = notes.flatMap((note) =>
    noteRows({ ...note, rows: note.rows.filter(([term]) => !shown.has(term) && shown.add(term)) }, texts),
  );
  return rows.at(-1) === ".PP" ? rows.slice(0, -1) : rows;
}

/** The exit status, commands that have the same one together. */
function exitRows(commands: readonly Command[], texts: Texts): readonly string[] {
  const users = new Map<Note, string[]>();
  for (const command of commands) {
    for (const note of notesOf(command).filter(({ heading }) => heading === "Exit status")) {
      users.set(note, [...(users.get(note) ?? []), command.name()]);
    }
  }
  const [root = ""] = commands.map((command) => command.name());
  return [...users].flatMap(([note, names], index) => {
    const bolds = names.filter((name) => name !== root).map((name) => verbatim(bold(name)));
    return [
      ...(index === 0 ? [] : [".PP"]),
      ascii(texts.of(say`Of ${allOf(bolds)}:`)),
      ...noteRows(note, texts),
    ];
  });
}

function noteRows({ heading, rows }: Note, texts: Texts): readonly string[] {
  if (heading === "Examples") {
    return rows.flatMap(([command, meaning]) => [
      line(escaped(texts.of(say`${meaning}:`))),
      ...typed(command, TYPED),
      ".PP",
    ]);
  }
  const longest = Math.max(...rows.map(([term]) => term.length));
  const indent = longest < WIDEST_TERM ? longest + 2 : undefined;
  return rows.flatMap(([term, meaning]) => row(bold(term), [sentence(meaning, texts)], indent));
}

/** "a, b and c". */
function allOf(names: readonly Message[]): Message {
  return names.length < 2 ? listed(names) : listed([listed(names.slice(0, -1)), ...names.slice(-1)], "and");
}

/** "a, b or c". */
function anyOf(words: readonly string[]): Message {
  const names = words.map(verbatim);
  return names.length < 2 ? listed(names) : listed([listed(names.slice(0, -1)), ...names.slice(-1)], "or");
}

/** Help texts begin small and end open; sentences do not. Names of formats and units stay as they are. */
function capitalized(text: string): string {
  return /^(pcap|ikescope)/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function withoutStop(text: string): string {
  return text.replace(/[.\u3002]$/, "");
}
