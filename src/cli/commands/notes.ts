import type { Command } from "commander";

/** A section of what is to be known of a command beyond its options: examples, exit status, signals. */
export interface Note {
  readonly heading: string;
  /** What it is about in front, such as a signal or a command to type; then what that means. */
  readonly rows: readonly (readonly [term: string, meaning: string])[];
  /** For the manual page only: too much for a help text. */
  readonly manualOnly?: true;
}

const NOTES = new WeakMap<Command, readonly Note[]>();

/** Gives a command notes, which its --help shows below the options, and the manual page too. */
export function withNotes(command: Command, notes: readonly Note[]): Command {
  NOTES.set(command, notes);
  for (const note of notes) {
    if (note.manualOnly !== true) command.addHelpText("after", () => `\n${noteText(command, note)}`);
  }
  return command;
}

export function notesOf(command: Command): readonly Note[] {
  return NOTES.get(command) ?? [];
}

/** A note as the help texts of commander look: terms, and beside them the meanings, wrapped; below them where terms are long. */
function noteText(command: Command, { heading, rows }: Note): string {
  const helper = command.createHelp();
  helper.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 });
  const width = Math.max(...rows.map(([term]) => term.length));
  if (width > 24)
    return `${heading}:\n${rows.map(([term, meaning]) => `  ${meaning}:\n    ${term}`).join("\n")}`;
  return `${heading}:\n${rows.map(([term, meaning]) => helper.formatItem(term, width, meaning, helper)).join("\n")}`;
}
