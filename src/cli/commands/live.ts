import { Command, Option } from "commander";
import { BACKENDS, DEFAULTS, type LiveFlags, READ } from "../live/flags.js";
import { SEVERITIES } from "../../diagnosis/severity.js";
import { type Note, withNotes } from "./notes.js";
import { languageOption } from "./capture-options.js";
import { productOption } from "./product-option.js";

const NOTES: readonly Note[] = [
  {
    heading: "Examples",
    rows: [
      ["sudo ikescope live -i eth0", "The table of all tunnels that eth0 carries"],
      [
        "ikescope live -i any --no-table --json --metrics 9476",
        "Events as JSON and metrics for Prometheus, of all interfaces",
      ],
      [
        "ikescope live -i eth0 --evidence-dir /var/lib/ikescope --on-finding 'logger -S 8k -t ikescope'",
        "Keep the packets of each failure, and tell syslog of it",
      ],
    ],
  },
  {
    heading: "Signals",
    rows: [
      ["SIGINT, SIGTERM", "end the capture and print the final report"],
      ["SIGHUP", "open the file of --json anew, for log rotation"],
    ],
  },
  {
    heading: "Values",
    rows: [
      ["size", "bytes, or a number with k, M, G or T behind it, in powers of 1000"],
      ["duration", "a number with s, m, h or d behind it"],
      ["listen", "a port of 127.0.0.1, or where to listen, such as 192.0.2.1:9476 or [2001:db8::1]:9476"],
      [
        "command",
        "a program and its arguments, parted by blanks; what stands in quotes stays together. There is no shell: nothing is expanded",
      ],
      [
        "--snaplen",
        "2048 hold every IP fragment of an IKE message on links of 1,500 bytes, with tags and tunnels around it, and the headers of ESP; more copies payload that nobody reads",
      ],
    ],
    manualOnly: true,
  },
  {
    heading: "Permission",
    rows: [
      [
        "root",
        "Started as root, ikescope goes on as the user of --user, else the one who called sudo, else nobody, and keeps of root's power only the right to capture. What it writes belongs to that user.",
      ],
      [
        "a capability",
        "Nothing of ikescope itself needs root where the program that captures may capture: 'setcap cap_net_raw+ep $(command -v tcpdump)' lets every user do so, and the systemd unit gives the capability to the service alone.",
      ],
    ],
    manualOnly: true,
  },
  {
    heading: "Files",
    rows: [
      ["/etc/default/ikescope", 'flags of the systemd units, IKESCOPE_FLAGS="..."'],
      ["/etc/ikescope/INTERFACE.conf", "the same for one interface; it stands instead of the former"],
      ["/var/lib/ikescope/INTERFACE", "evidence that the systemd unit keeps"],
    ],
    manualOnly: true,
  },
];

export function live(): Command {
  const command = new Command("live")
    .description("the same verdicts while sniffing: a table, events as JSON, metrics for Prometheus")
    .addOption(
      valued(
        "-i, --interface <interface>",
        "capture there; 'any' is all interfaces",
        READ.interface,
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option("--backend <program>", "what captures; auto takes the first that is installed")
        .choices(BACKENDS)
        .default("auto"),
    )
    .addOption(valued("--host <address...>", "only packets from or to these addresses", READ.host))
    .addOption(
      valued("--filter <expression>", "this filter of tcpdump instead of the built-in one", READ.filter),
    )
    .addOption(
      valued(
        "--snaplen <bytes>",
        "keep so much of a frame; jumbo frames need more, 65535 where IKE runs over TCP",
        READ.snaplen,
        DEFAULTS.snaplen,
      ),
    )
    .addOption(
      valued("--buffer <KiB>", "room in the kernel for frames not yet read", READ.buffer, DEFAULTS.buffer),
    )
    .addOption(
      valued("--json [file]", "events, one JSON object a line, to a file or standard output", READ.json),
    )
    .addOption(
      valued(
        "--metrics <listen>",
        "serve Prometheus at this port of loopback, or at address:port",
        READ.metrics,
      ),
    )
    .addOption(
      valued(
        "--metrics-host <name...>",
        "answer requests for this name too; by default for addresses and this host's own name",
        READ.metricsHost,
      ),
    )
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
      new Option("--severity <severity>", "events and commands for findings at least this severe")
        .choices(SEVERITIES)
        .default("warning"),
    )
    .addOption(
      valued(
        "--user <user>",
        "who to go on as, where started as root (who called sudo, else nobody; root stays root)",
        READ.user,
      ),
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
    .option("--no-table", "no table, also on a terminal")
    .action(async (flags: LiveFlags) => {
      // What watches, and what of Node it needs, would take every other command's time to load.
      const { liveCommand } = await import("../live/live.js");
      await liveCommand(flags);
    });
  return withNotes(command, NOTES);
}

/** An option whose value is read; the default is shown as the user would write it. */
function valued<T>(
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
