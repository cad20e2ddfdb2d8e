import { Argument, Command, Option } from "commander";
import { FAIL_ON } from "../analyze-terms.js";
import type { HubFlags } from "../hub/hub-terms.js";
import { durationIn } from "../values/duration.js";
import { fileName } from "../values/file-name.js";
import { numberIn } from "../values/number.js";
import { addPresentationOptions } from "./capture-options.js";
import { natsCaOption, natsCredsOption } from "./nats-options.js";
import { withNotes } from "./notes.js";
import { metricsHostOption, metricsOption, pageOption } from "./serve-options.js";

export function hub(): Command {
  const command = new Command("hub")
    .description("what several gateways say together: both ends of each tunnel, from their --publish")
    .addArgument(
      new Argument(
        "<events...>",
        "files that live --publish wrote, packed with gzip or not, '-' for standard input; or a server, nats://host:4222",
      ),
    )
    .addOption(new Option("-f, --format <format>", "what to print").choices(["text", "json"]).default("text"))
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 if a finding is at least this severe")
        .choices(FAIL_ON)
        .default("critical"),
    )
    .addOption(
      new Option(
        "--lease <duration>",
        "hubs of one server share its tunnels; the part of one that is gone is another's after this time",
      )
        .argParser(durationIn("--lease", "30s", "1h"))
        .default(30e6, "30s"),
    )
    .addOption(
      new Option(
        "--replicas <number>",
        "keep what gateways publish, and what hubs know, on so many servers of a cluster: 3 survive the loss of one",
      ).argParser(numberIn("--replicas", { least: 1, most: 5 })),
    )
    .option("--once", "of a server: judge what is stored there now, and follow nothing")
    .addOption(
      new Option(
        "--json <file>",
        "append what is raised and cleared there too, one JSON object a line",
      ).argParser(fileName("--json")),
    )
    .addOption(metricsOption())
    .addOption(pageOption())
    .addOption(metricsHostOption())
    .addOption(natsCredsOption())
    .addOption(natsCaOption())
    .action(async (sources: string[], flags: HubFlags) => {
      const { hubCommand } = await import("../hub/hub.js");
      await hubCommand(sources, flags);
    });
  addPresentationOptions(command);
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        [
          "ikescope live -i eth0 --gateway hq --label isp=north --publish /var/lib/ikescope/hq.ndjson",
          "On each gateway, under its own name",
        ],
        ["ikescope hub hq.ndjson branch-*.ndjson", "Where the files come together"],
        [
          "ikescope live -i eth0 --gateway hq --publish nats://192.0.2.1:4222 --spool /var/lib/ikescope/spool",
          "The same by a NATS server with JetStream",
        ],
        ["ikescope hub nats://192.0.2.1:4222", "What is raised and cleared, as it happens"],
        [
          "ikescope hub nats://192.0.2.1:4222 --page 9480 --metrics 9479",
          "The fleet in a browser, and for Prometheus",
        ],
        [
          "ikescope hub nats://192.0.2.1,nats://192.0.2.2,nats://192.0.2.3 --replicas 3",
          "Three servers of a cluster, of which one may be lost",
        ],
      ],
    },
    {
      heading: "Exit status",
      rows: [
        [
          "0",
          "no finding at or above --fail-on, which is critical where not given; of a server that is followed, always",
        ],
        ["1", "a finding at or above --fail-on"],
        ["2", "bad usage, unreadable input, a server that cannot be reached, or nothing to judge"],
      ],
    },
  ]);
}
