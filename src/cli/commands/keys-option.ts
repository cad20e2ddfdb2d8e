import { Option } from "commander";

/** Keys that open what is encrypted; may be given several times. */
export function keysOption(): Option {
  return new Option(
    "--keys <file>",
    "open what these keys open: a file or directory of keys (Wireshark's tables, logs of charon and pluto, ip xfrm state), or 'embedded'; may be repeated",
  ).argParser((value: string, before?: readonly string[]) => [...(before ?? []), value]);
}
