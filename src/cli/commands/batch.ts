import { Command, Option } from "commander";
import type { BatchFlags } from "../batch/batch.js";
import { durationIn } from "../values/duration.js";
import { present } from "../values/present.js";
import { shardIn } from "../values/shard.js";
import { natsCaOption, natsCredsOption } from "./nats-options.js";
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
    .addOption(
      new Option(
        "--queue <url>",
        "share all units with other workers, by a NATS server with JetStream (nats://host:4222/NAME); each has a file of its own",
      ).argParser(present("--queue")),
    )
    .addOption(
      new Option(
        "--lease <duration>",
        "with --queue: a unit of a worker that is gone is another's after this time",
      )
        .argParser(durationIn("--lease", "2s", "1h"))
        .default(60_000_000, "60s"),
    )
    .addOption(natsCredsOption())
    .addOption(natsCaOption())
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
        [
          "ikescope batch --by '/captures/{gateway}/*.pcap*' -o rows-a.ndjson --queue nats://192.0.2.1:4222",
          "One of any number that a NATS server hands units to",
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
