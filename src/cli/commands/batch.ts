import { Command, Option } from "commander";
import type { BatchFlags } from "../batch/batch.js";
import { durationIn } from "../values/duration.js";
import { present } from "../values/present.js";
import { shardIn } from "../values/shard.js";
import { withNotes } from "./notes.js";

export function batch(): Command {
  const command = new Command("batch")
    .description("judge stored captures of many gateways into rows for a database")
    .addOption(
      new Option(
        "--by <pattern>",
        "captures, and which part of their path names the gateway: 'DIR/{gateway}/*.pcap*'",
      )
        .argParser(present("--by"))
        .makeOptionMandatory(),
    )
    .requiredOption(
      "-o, --output <file>",
      "append rows there; units that it has already are not judged again",
    )
    .addOption(
      new Option(
        "--window <duration>",
        "the files of a gateway that begin in the same window are one capture",
      )
        .argParser(durationIn("--window", "1m", "366d"))
        .default(3_600_000_000, "1h"),
    )
    .addOption(
      new Option("--shard <k/n>", "judge only part k of n, the same in every run").argParser(
        shardIn("--shard"),
      ),
    )
    .action(async (flags: BatchFlags) => {
      const { batchCommand } = await import("../batch/batch.js");
      await batchCommand(flags);
    });
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        [
          "ikescope batch --by '/captures/{gateway}/*.pcap*' -o rows.ndjson",
          "All of them, one after the other",
        ],
        [
          "ikescope batch --by '/captures/{gateway}/*.pcap*' -o rows-3.ndjson --shard 3/8",
          "One of eight that run beside each other, each with a file of its own",
        ],
      ],
    },
    {
      heading: "Exit status",
      rows: [
        ["0", "all captures are judged, whatever was found"],
        [
          "2",
          "bad usage, a capture that is damaged or cannot be read, or units that are left because it was ended",
        ],
      ],
    },
  ]);
}
