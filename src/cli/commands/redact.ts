import { Argument, Command } from "commander";
import { type RedactFlags, redactCommand } from "../redact.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { withNotes } from "./notes.js";
import { anonymizeKeyOption } from "./capture-options.js";

export function redact(): Command {
  const command = new Command("redact")
    .description(
      "a log or dump that may be sent: values replaced as by --anonymize, secrets and unknown lines left out",
    )
    .addArgument(
      new Argument(
        "<file>",
        "a log, a dump or a pasted ticket; packed with gzip or not; - for standard input",
      ),
    )
    .option(
      "-o, --output <file>",
      "write there instead of standard output; what is there stays until the new file is whole",
    )
    .addOption(anonymizeKeyOption())
    .action(async (file: string, flags: RedactFlags) => redactCommand(file, flags));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [["ikescope redact charon.log -o ticket.log", "What of a log may be sent"]],
    },
    EXIT_OF_SHOWING,
  ]);
}
