import { Command, Option } from "commander";
import { timelineCommand, type TimelineFlags } from "../timeline.js";
import { addPresentationOptions, addSpanOptions, captureArgument } from "./capture-options.js";
import { tunnelOption } from "../values/tunnel-number.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { withNotes } from "./notes.js";
import { withOption } from "./with-option.js";

export function timeline(): Command {
  const command = new Command("timeline")
    .description("frames, lines of logs and events of the kernel on one line of time")
    .addArgument(captureArgument())
    .addOption(withOption())
    .addOption(new Option("-f, --format <format>", "what to print").choices(["text", "json"]).default("text"))
    .option("--peer <address>", "only tunnels with this address at one end")
    .addOption(tunnelOption("only the tunnel of that number in the report, and lines that are about it"))
    .option("--all", "all lines of the logs, also from before and after the capture")
    .action(async (captures: string[], flags: TimelineFlags) => timelineCommand(captures, flags));
  addPresentationOptions(addSpanOptions(command));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [["ikescope timeline trace.pcap --with charon.log", "Frames, and what the daemon says of them"]],
    },
    EXIT_OF_SHOWING,
  ]);
}
