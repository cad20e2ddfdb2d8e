import type { Command } from "commander";
import { columnsOfText } from "../../bytes/columns.js";
import { say } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";

/** A section of what is to be known of a command beyond its options: examples, exit status, signals. */
export interface Note {
  readonly heading: string;
  /** The subject, such as a signal or a command to type, and its meaning. */
  readonly rows: readonly (readonly [term: string, meaning: string])[];
  /** For the manual page only: too much for a help text. */
  readonly manualOnly?: true;
}

const NOTES = new WeakMap<Command, readonly Note[]>();

/** Gives a command notes, for its --help and for the manual page. */
export function withNotes(command: Command, notes: readonly Note[]): Command {
  NOTES.set(command, notes);
  return command;
}

export function notesOf(command: Command): readonly Note[] {
  return NOTES.get(command) ?? [];
}

/** Has --help of the command show its notes below the options. */
export function showNotes(command: Command, texts: Texts = ENGLISH): Command {
  for (const note of notesOf(command)) {
    if (note.manualOnly !== true) command.addHelpText("after", () => `\n${noteText(command, note, texts)}`);
  }
  return command;
}

/** A note as the help texts of commander look: terms, and beside them the meanings, wrapped; below them where terms are long. */
function noteText(command: Command, { heading, rows }: Note, texts: Texts): string {
  const helper = command.createHelp();
  helper.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 });
  const width = Math.max(...rows.map(([term]) => columnsOfText(term)));
  const title = texts.of(say`${heading}:`);
  if (width > 24) {
    const below = rows.map(([term, meaning]) => `  ${texts.of(say`${meaning}:`)}\n    ${term}`);
    return `${title}\n${below.join("\n")}`;
  }
  const beside = rows.map(([term, meaning]) => helper.formatItem(term, width, texts.of(meaning), helper));
  return `${title}\n${beside.join("\n")}`;
}
