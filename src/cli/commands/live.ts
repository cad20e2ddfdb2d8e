import { Command, Option } from "commander";
import { BACKENDS, DEFAULTS, type LiveFlags, READ } from "../live/flags.js";
import { addOutputOptions, valued } from "./live-options.js";
import { EXIT_OF_WATCHING } from "./exit-notes.js";
import { type Note, withNotes } from "./notes.js";

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
  EXIT_OF_WATCHING,
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
        "capability",
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
      valued(
        "--user <user>",
        "who to go on as, where started as root (who called sudo, else nobody; root stays root)",
        READ.user,
      ),
    );
  addOutputOptions(command).action(async (flags: LiveFlags) => {
    // The engine of live captures, and the modules of Node that it needs, would cost every other command time to load.
    const { liveCommand } = await import("../live/live.js");
    await liveCommand(flags);
  });
  return withNotes(command, NOTES);
}
