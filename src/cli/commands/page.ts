import { Command } from "commander";
import { pageCommand, type PageFlags } from "../page.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { withNotes } from "./notes.js";

export function page(): Command {
  const command = new Command("page")
    .description(
      "write a page that judges captures in a browser: one file, for people without ikescope; nothing leaves the browser",
    )
    .requiredOption("-o, --output <file>", "write the page there; '-' is standard output")
    .action(async (flags: PageFlags) => pageCommand(flags));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [["ikescope page -o ikescope.html", "To be opened from a disk, or put on any web server"]],
    },
    EXIT_OF_SHOWING,
  ]);
}
