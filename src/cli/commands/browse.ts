import { Command } from "commander";
import type { BrowseFlags } from "../browse/browse.js";
import { namedCaptures } from "../named-captures.js";
import {
  addPresentationOptions,
  addSpanOptions,
  anonymizeKeyOption,
  anonymizeOption,
  captureArgument,
} from "./capture-options.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { keysOption } from "./keys-option.js";
import { withNotes } from "./notes.js";
import { withOption } from "./with-option.js";

export function browse(): Command {
  const command = new Command("browse")
    .description(
      "the tunnels of captures on a terminal: a table, each tunnel's findings and ladder, each message",
    )
    .addArgument(captureArgument())
    .option("--peer <address>", "only tunnels with this address at one end")
    .option(
      "--filter <words>",
      "begin with the tunnels that have these words, or terms such as status=failing; / changes it",
    )
    .addOption(keysOption())
    .addOption(withOption())
    .addOption(anonymizeOption())
    .addOption(anonymizeKeyOption())
    .action(async (captures: string[], flags: BrowseFlags) => {
      // The screen, and what of Node it needs, would take every other command's time to load.
      const { browseCommand } = await import("../browse/browse.js");
      const { files, copies } = await namedCaptures(captures, flags.with ?? []);
      await browseCommand(files, flags, copies);
    });
  addPresentationOptions(addSpanOptions(command));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        ["ikescope browse trace.pcap", "All tunnels, the worst first; ? shows the keys"],
        ["ikescope browse --filter 'status=failing product=strongswan' *.pcap.gz", "Only some of them"],
      ],
    },
    EXIT_OF_SHOWING,
  ]);
}
