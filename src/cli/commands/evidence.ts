import { Argument, Command, Option } from "commander";
import { withNotes } from "./notes.js";
import { type RecogniseFlags, recogniseCommand } from "../recognise.js";

export function evidence(): Command {
  const command = new Command("evidence")
    .description("what logs and dumps of a gateway hold, by section and line; nothing is judged")
    .addArgument(
      new Argument(
        "<file...>",
        "logs, dumps, pasted tickets, directories; packed with gzip or not; - for standard input",
      ),
    )
    .addOption(new Option("-f, --format <format>", "what to print").choices(["text", "json"]).default("text"))
    .action(async (files: string[], flags: RecogniseFlags) => recogniseCommand(files, flags));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [["ikescope evidence charon.log", "What --with would take of a log"]],
    },
    {
      heading: "Exit status",
      rows: [
        ["0", "something is recognised"],
        ["2", "nothing is, bad usage, or unreadable input"],
      ],
    },
  ]);
}
