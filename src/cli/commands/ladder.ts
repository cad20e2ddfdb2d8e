import { Command } from "commander";
import { ladderCommand, type LadderFlags } from "../ladder.js";
import { namedCaptures } from "../named-captures.js";
import {
  addPresentationOptions,
  addSpanOptions,
  anonymizeKeyOption,
  anonymizeOption,
  captureArgument,
} from "./capture-options.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { tunnelOption } from "../values/tunnel-number.js";
import { keysOption } from "./keys-option.js";
import { withNotes } from "./notes.js";
import { productOption } from "./product-option.js";
import { withOption } from "./with-option.js";

export function ladder(): Command {
  const command = new Command("ladder")
    .description("the exchanges of one tunnel as a sequence diagram")
    .addArgument(captureArgument())
    .addOption(tunnelOption("the tunnel of that number in the report; the worst one where not given"))
    .option("--peer <address>", "of the tunnels with this address at one end")
    .addOption(productOption())
    .addOption(keysOption())
    .addOption(withOption())
    .addOption(anonymizeOption())
    .addOption(anonymizeKeyOption())
    .action(async (captures: string[], flags: LadderFlags) =>
      ladderCommand((await namedCaptures(captures)).files, flags),
    );
  addPresentationOptions(addSpanOptions(command));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        ["ikescope ladder trace.pcap", "The worst tunnel"],
        ["ikescope ladder --tunnel 2 trace.pcap", "The one that the report gives this number"],
        ["ikescope ladder trace.pcap --with charon.log", "With what the daemon says between the messages"],
      ],
    },
    EXIT_OF_SHOWING,
  ]);
}
