import { Argument, Option } from "commander";

/** The captures that a command reads. */
export function captureArgument(): Argument {
  return new Argument("<capture...>", "pcap or pcapng files, gzip or not; '-' is standard input");
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
