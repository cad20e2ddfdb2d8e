import { type Command, Option } from "commander";
import { SEVERITIES } from "../../diagnosis/severity.js";
import { DEFAULTS, READ } from "../live/flags.js";
import { languageOption } from "./capture-options.js";
import { natsCaOption, natsCredsOption } from "./nats-options.js";
import { metricsHostOption, metricsOption, pageOption } from "./serve-options.js";
import { productOption } from "./product-option.js";

/** Adds the options of outputs and limits, for all commands that watch. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(
      valued("--json [file]", "events, one JSON object a line, to a file or standard output", READ.json),
    )
    .addOption(metricsOption())
    .addOption(pageOption())
    .addOption(metricsHostOption())
    .addOption(
      valued(
        "--metrics-peers <n>",
        "label up to n peers by address",
        READ.metricsPeers,
        DEFAULTS.metricsPeers,
      ),
    )
    .addOption(
      valued(
        "--evidence-dir <dir>",
        "keep the packets before each finding there, as pcapng",
        READ.evidenceDir,
      ),
    )
    .addOption(
      valued(
        "--evidence-size <size>",
        "of all files there; the oldest go first",
        READ.evidenceSize,
        DEFAULTS.evidenceSize,
      ),
    )
    .addOption(
      valued(
        "--on-finding <command>",
        "run it for each finding, as JSON on its standard input; no shell",
        READ.onFinding,
      ),
    )
    .addOption(
      valued(
        "--publish <where>",
        "hand what the hub joins tunnels by to a NATS server (nats://host:4222), or append it to a file",
        READ.publish,
      ),
    )
    .addOption(
      valued("--gateway <name>", "publish under this name; else under that of this host", READ.gateway),
    )
    .addOption(
      valued("--label <name=value...>", "publish this of the gateway, such as isp=north", READ.label),
    )
    .addOption(
      valued("--spool <dir>", "keep there what the server of --publish has not taken yet", READ.spool),
    )
    .addOption(
      valued(
        "--spool-size <size>",
        "of all files there; the oldest go first",
        READ.spoolSize,
        DEFAULTS.spoolSize,
      ),
    )
    .addOption(natsCredsOption())
    .addOption(natsCaOption())
    .addOption(
      new Option("--severity <severity>", "events and commands for findings at least this severe")
        .choices(SEVERITIES)
        .default("warning"),
    )
    .addOption(valued("--max-tunnels <n>", "follow so many at once", READ.maxTunnels, DEFAULTS.maxTunnels))
    .addOption(
      valued("--max-streams <n>", "follow so many ESP streams at once", READ.maxStreams, DEFAULTS.maxStreams),
    )
    .addOption(
      valued(
        "--forget <duration>",
        "give up a tunnel that is silent for so long",
        READ.forget,
        DEFAULTS.forget,
      ),
    )
    .option("--tz <zone>", "write times so: local, utc, or a name such as Europe/Berlin", "utc")
    .option("--names <file>", "names of addresses, in the form of /etc/hosts, to be shown beside them")
    .addOption(languageOption())
    .addOption(productOption())
    .option("--no-table", "no table, also on a terminal");
}

/** An option whose value is read; the default is shown as the user would write it. */
export function valued<T>(
  flags: string,
  description: string,
  read: (text: string, before?: T) => T,
  byDefault?: string,
): Option {
  const option = new Option(flags, description).argParser<T | undefined>((text, before) =>
    read(text, before),
  );
  return byDefault === undefined ? option : option.default(read(byDefault), byDefault);
}
