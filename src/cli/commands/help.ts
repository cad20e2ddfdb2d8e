import { say, verbatim, listed } from "../../texts/message.js";
import { Argument, Command } from "commander";
import { closestWord } from "../../bytes/closest.js";
import { UsageError, literal } from "../exit.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { withNotes } from "./notes.js";

/** The help text of the command of that name, or of all of them. `names` are those of the commands. */
export function help(names: readonly string[]): Command {
  const command = new Command("help")
    .description("what a command takes, or all commands")
    .addArgument(new Argument("[command]", "the name of a command").choices(names).argParser(String))
    .action((name: string | undefined) => {
      const root = command.parent ?? command;
      const asked = name === undefined ? root : root.commands.find((one) => one.name() === name);
      if (asked === undefined) throw unknownCommand(name ?? "", names);
      asked.outputHelp();
    });
  return withNotes(command, [
    { heading: "Examples", rows: [["ikescope help ladder", "The same as ikescope ladder --help"]] },
    EXIT_OF_SHOWING,
  ]);
}

function unknownCommand(name: string, names: readonly string[]): UsageError {
  const meant = closestWord(name, names);
  const hint = meant === null ? say`there are ${listed(names.map(verbatim))}` : say`did you mean ${meant}?`;
  return new UsageError(say`there is no command "${literal(name)}"; ${hint}`);
}
