import { Command } from "commander";
import { analyze } from "./commands/analyze.js";
import { browse } from "./commands/browse.js";
import { languageOption } from "./commands/capture-options.js";
import { completion } from "./commands/completion.js";
import { decode } from "./commands/decode.js";
import { EXIT_OF_JUDGING } from "./commands/exit-notes.js";
import { evidence } from "./commands/evidence.js";
import { explain } from "./commands/explain.js";
import { help } from "./commands/help.js";
import { batch } from "./commands/batch.js";
import { hub } from "./commands/hub.js";
import { keys } from "./commands/keys.js";
import { ladder } from "./commands/ladder.js";
import { live } from "./commands/live.js";
import { notesOf, showNotes, withNotes } from "./commands/notes.js";
import { page } from "./commands/page.js";
import { redact } from "./commands/redact.js";
import { timeline } from "./commands/timeline.js";
import { watch } from "./commands/watch.js";
import { type Message, say, verbatim } from "../texts/message.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { speaking, tellRequired } from "./help.js";
import { VERSION } from "./version.js";

/** The commands in the order of --help; the first one is meant where none is named. */
const COMMANDS = [
  analyze,
  browse,
  decode,
  ladder,
  timeline,
  keys,
  live,
  watch,
  hub,
  batch,
  page,
  evidence,
  redact,
  explain,
  completion,
];

/** Below an error of usage: a line that works, and where all is said. */
function hintOf(command: Command): Message {
  const examples = notesOf(command).find(({ heading }) => heading === "Examples")?.rows ?? [];
  const typed = examples.map(([line]) => line);
  // The default command is typed without its name.
  const example =
    typed.find((line) => line.includes(`ikescope ${command.name()}`)) ??
    typed.find((line) => line.startsWith("ikescope "));
  const help = verbatim(`ikescope ${command.name()} --help`);
  return example === undefined
    ? say`(${help} shows what there is)`
    : say`(such as: ${verbatim(example)}\n ${help} shows what there is)`;
}

/** The command line: what there is to say, in the language of `texts`, and what it calls. */
export function program(texts: Texts = ENGLISH): Command {
  const root = speaking(new Command("ikescope"), texts)
    .description(
      "Reads captures of IPsec VPN traffic and says what failed, where, on which side, and what to do.",
    )
    .version(VERSION)
    .exitOverride()
    .helpCommand(false)
    .showHelpAfterError(texts.of(say`(${"ikescope --help"} shows what there is)`));
  const commands = COMMANDS.map((command) => command());
  const names = [...commands.map((command) => command.name()), "help"];
  for (const command of [...commands, help(names)]) {
    // Errors and help of any command speak it.
    if (!command.options.some(({ long }) => long === "--lang")) command.addOption(languageOption());
    const hint = texts.of(hintOf(command));
    root.addCommand(
      showNotes(tellRequired(command).copyInheritedSettings(root).showHelpAfterError(hint), texts),
      {
        isDefault: command === commands[0],
      },
    );
  }
  withNotes(root, [
    EXIT_OF_JUDGING,
    {
      heading: "Examples",
      rows: [
        ["ikescope trace.pcap", "The verdict, tunnel by tunnel"],
        [
          "ssh gateway tcpdump -U -w - 'udp port 500 or udp port 4500 or esp' | ikescope -",
          "Of a gateway where ikescope is not",
        ],
      ],
    },
    {
      heading: "Environment",
      rows: [
        ["NO_COLOR", "no colours, also on a terminal"],
        [
          "COLUMNS",
          "so many columns for reports and diagrams, wherever they go; else those of the terminal, also where a pager shows them, up to 100 (a ladder: 120); without a terminal 100 (a ladder: 80)",
        ],
        [
          "LC_ALL, LC_MESSAGES, LANG",
          "a Chinese locale with UTF-8, such as zh_CN.UTF-8, has the output in Simplified Chinese; --lang counts more",
        ],
        [
          "LC_ALL, LC_CTYPE, LANG",
          "a locale without UTF-8, such as C, has tables and diagrams drawn in ASCII",
        ],
      ],
      manualOnly: true,
    },
  ]);
  return showNotes(root, texts);
}
