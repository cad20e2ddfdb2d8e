import { Option } from "commander";

/** The option that takes texts of hosts. */
export function withOption(): Option {
  return new Option(
    "--with <file>",
    "judge with what a host says (logs, ip xfrm, xfrm_stat, swanctl, ipsec status): a file, a directory, or HOST=FILE; each file has its own --with",
  ).argParser((value: string, before?: readonly string[]) => [...(before ?? []), value]);
}
