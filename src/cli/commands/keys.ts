import { Argument, Command, Option } from "commander";
import { KEYS_FORMATS, type KeysCommandFlags, keysCommand } from "../keys/keys.js";
import { withNotes } from "./notes.js";

export function keys(): Command {
  const command = new Command("keys")
    .description("which key opens what of a capture, and why others do not; never a key")
    .addArgument(
      new Argument(
        "<file...>",
        "key files and directories, 'embedded', and at least one capture, in any order",
      ),
    )
    .addOption(
      new Option("-f, --format <format>", "text, or one JSON object a line")
        .choices(KEYS_FORMATS)
        .default("text"),
    )
    .addOption(
      new Option(
        "--find-salt <file>",
        "search the salts that AES-GCM keys of pluto logs lack, for minutes, and write the whole keys into this file",
      ),
    )
    .action(async (files: string[], flags: KeysCommandFlags) => keysCommand(files, flags));
  return withNotes(command, [
    {
      heading: "Exit status",
      rows: [
        ["0", "a key opens something"],
        ["1", "none does"],
        ["2", "bad usage or unreadable input"],
      ],
    },
    {
      heading: "Examples",
      rows: [
        ["ikescope keys charon.log trace.pcap", "Keys of a charon log with ike = 4, chd = 4"],
        [
          "ikescope keys pluto.log trace.pcap --find-salt whole-keys",
          "Salts that pluto's log lacks; then: ikescope --keys whole-keys trace.pcap",
        ],
        ["ip xfrm state > state.txt; ikescope keys state.txt trace.pcap", "Keys of the kernel, for ESP"],
      ],
    },
  ]);
}
