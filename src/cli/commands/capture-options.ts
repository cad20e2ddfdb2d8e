import { Argument, type Command, Option } from "commander";
import { LANGUAGES } from "../../texts/texts.js";

/** The captures that a command reads; optional where it can do without. */
export function captureArgument(need: "required" | "optional" = "required"): Argument {
  return new Argument(
    need === "required" ? "<capture...>" : "[capture...]",
    "pcap, pcapng, snoop or text with dumps, packed or not; a folder of captures; '-' is standard input",
  );
}

export function anonymizeOption(): Option {
  return new Option(
    "--anonymize",
    "replace addresses, SPIs, identities and all content, in reports and in the evidence",
  );
}

export function anonymizeKeyOption(): Option {
  return new Option(
    "--anonymize-key <file>",
    "the same, by the secret in a file: equal values stay equal from report to report",
  );
}

/** Which part of the captures is read, for all commands that read some. */
export function addSpanOptions(command: Command): Command {
  return command
    .option(
      "--from <time>",
      "leave out what is before: a date and time, a time of day, or +90s after the first packet",
    )
    .option("--to <time>", "leave out what is after; written the same way");
}

/** The language of texts for people. */
export function languageOption(): Option {
  return new Option(
    "--lang <language>",
    "language of the output: English, or Simplified Chinese; else that of the locale",
  ).choices(LANGUAGES);
}

/** How texts, times and addresses are written, for all commands that print some. */
export function addPresentationOptions(command: Command): Command {
  return command
    .option(
      "--tz <zone>",
      "write and read times of day so: local, utc, or a name such as Europe/Berlin",
      "utc",
    )
    .option("--names <file>", "names of addresses, in the form of /etc/hosts, to be shown beside them")
    .addOption(languageOption());
}

/** The values that these options take, for the manual page. */
export const TIME_VALUES = [
  [
    "time",
    "2026-11-21T14:03:22, with Z or +02:00 behind it or in the zone of --tz; 14:03 or 14:03:22.5 on the day of the first packet (a --to before the --from is on the next day); +90s, +15m or +2h after the first packet",
  ],
] as const;
