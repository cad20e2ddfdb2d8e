import { Command, Option } from "commander";
import { analyzeCommand } from "../analyze.js";
import { type AnalyzeFlags, analyzeTerms, FAIL_ON, FORMATS } from "../analyze-terms.js";
import { refuseMistypedCommand } from "../mistyped-command.js";
import { namedCaptures } from "../named-captures.js";
import {
  addPresentationOptions,
  addSpanOptions,
  anonymizeKeyOption,
  anonymizeOption,
  captureArgument,
  TIME_VALUES,
} from "./capture-options.js";
import { EXIT_OF_JUDGING } from "./exit-notes.js";
import { withOption } from "./with-option.js";
import { withNotes } from "./notes.js";
import { tunnelOption } from "../values/tunnel-number.js";
import { keysOption } from "./keys-option.js";
import { productOption } from "./product-option.js";

export function analyze(): Command {
  const command = new Command("analyze")
    .description("judge every tunnel in the captures (the default command)")
    .addArgument(captureArgument("optional"))
    .addOption(formatOption())
    .option(
      "-o, --output <file>",
      "write there instead of standard output; what is there stays until the new file is whole",
    )
    .option("--all", "of many tunnels list all, the healthy ones too, in text and Markdown")
    .option("--peer <address>", "only tunnels with this address at one end")
    .addOption(tunnelOption("report only on the tunnel of that number, judged among the others"))
    .option(
      "--evidence <file>",
      "write a small pcapng of the frames that the findings cite, each with its reason",
    )
    .option("--with-keys", "put the keys of ESP that opened it into the file of --evidence, for Wireshark")
    .addOption(productOption())
    .addOption(keysOption())
    .addOption(withOption())
    .addOption(anonymizeOption())
    .addOption(anonymizeKeyOption())
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe")
        .choices(FAIL_ON)
        .default("critical"),
    )
    .action(async (captures: string[], flags: AnalyzeFlags) => {
      const [first = ""] = captures;
      await refuseMistypedCommand(first, command);
      const { files, copies } = await namedCaptures(captures, flags.with ?? []);
      await analyzeCommand(await analyzeTerms(files, flags, copies));
    });
  addPresentationOptions(addSpanOptions(command));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        ["ikescope trace.pcap", "The verdict, tunnel by tunnel"],
        ["ikescope trace.pcap --anonymize --evidence ticket.pcapng", "What may be sent to others"],
      ],
    },
    EXIT_OF_JUDGING,
    { heading: "Values", rows: TIME_VALUES, manualOnly: true },
  ]);
}

/** `md` is what many call Markdown. */
function formatOption(): Option {
  const option = new Option("-f, --format <format>", "what to print").choices(FORMATS).default("text");
  const chosen = option.parseArg;
  return option.argParser((value: string, before: string) => {
    const format = value === "md" ? "markdown" : value;
    return chosen === undefined ? format : chosen(format, before);
  });
}
