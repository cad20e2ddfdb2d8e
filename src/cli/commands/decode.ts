import { Command, Option } from "commander";
import { filterTerms } from "../../report/decode/filter.js";
import { decodeCommand, type DecodeFlags } from "../decode.js";
import { DECODE_FORMATS } from "../decode-tap.js";
import { namedCaptures } from "../named-captures.js";
import { addPresentationOptions, addSpanOptions, captureArgument } from "./capture-options.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { keysOption } from "./keys-option.js";
import { withNotes } from "./notes.js";

export function decode(): Command {
  const command = new Command("decode")
    .description("every IKE message, a line each")
    .addArgument(captureArgument())
    .addOption(
      new Option("-f, --format <format>", "text, or one JSON object a line")
        .choices(DECODE_FORMATS)
        .default("text"),
    )
    .option("-v, --verbose", "a tree of all fields with their offsets, instead of a line")
    .option("--frame <number>", "only this frame, or a range such as 12-20; 2:12 in the second capture")
    .option(
      "--filter <expression>",
      "only messages for which all terms hold, such as 'peer=192.0.2.1 exchange=IKE_AUTH'",
    )
    .addOption(keysOption())
    .action(async (captures: string[], flags: DecodeFlags) =>
      decodeCommand((await namedCaptures(captures)).files, flags),
    );
  addPresentationOptions(addSpanOptions(command));
  return withNotes(command, [
    { heading: "Terms of a filter (name=value, name!=value, value|other)", rows: filterTerms() },
    {
      heading: "Examples",
      rows: [
        ["ikescope decode trace.pcap", "A line each"],
        ["ikescope decode -v --frame 12 trace.pcap", "All fields of the message of frame 12"],
      ],
    },
    EXIT_OF_SHOWING,
  ]);
}
