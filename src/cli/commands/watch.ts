import { Argument, Command } from "commander";
import type { WatchFlags } from "../watch/watch.js";
import { addOutputOptions } from "./live-options.js";
import { EXIT_OF_WATCHING } from "./exit-notes.js";
import { withNotes } from "./notes.js";

export function watch(): Command {
  const command = new Command("watch")
    .description("the same as live, on the files that tcpdump -G, -C or -W writes to a directory")
    .addArgument(new Argument("<directory>", "where another program writes captures, one after the other"))
    .option("--new", "pass over the files that are complete at the start");
  addOutputOptions(command).action(async (folder: string, flags: WatchFlags) => {
    // The engine of live captures, and the modules of Node that it needs, would cost every other command time to load.
    const { watchCommand } = await import("../watch/watch.js");
    await watchCommand(folder, flags);
  });
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        [
          "tcpdump -i eth0 -G 60 -w '/var/tmp/vpn/%Y%m%d-%H%M%S.pcap' 'udp port 500 or udp port 4500 or esp' & ikescope watch /var/tmp/vpn",
          "A file a minute, and the table of all tunnels",
        ],
        [
          "ikescope watch /var/tmp/vpn --new --no-table --json --metrics 9476",
          "Events as JSON and metrics, of what comes from now on",
        ],
      ],
    },
    {
      heading: "Signals",
      rows: [
        ["SIGINT, SIGTERM", "end it and print the final report"],
        ["SIGHUP", "open the file of --json anew, for log rotation"],
      ],
    },
    EXIT_OF_WATCHING,
  ]);
}
