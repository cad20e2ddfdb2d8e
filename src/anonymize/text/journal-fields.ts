import type { LogLine } from "../../evidence/lines/line.js";
import type { TextReplacements } from "./replacements.js";

const HEADER =
  /^([A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? (?:[A-Z]{1,5}|[+-]\d\d(?::?\d\d)?)) \[s=[0-9a-f]{32};/;
/** Stands for the numbers of the machine and of this boot, which are nobody's business. */
const NOBODYS = "0".repeat(32);

/** The time of an entry of `journalctl -o verbose` as it is written at its beginning; null where it is written otherwise. */
export function journalHeader(text: string): string | null {
  return HEADER.exec(text)?.[1] ?? null;
}

/** An entry of `journalctl -o verbose` with its message replaced by `message`: of its fields those that are read. */
export function redactedEntry(
  time: string,
  { stampText, host, tag, thread, group, level, ikeName, ikeId }: LogLine,
  message: string,
  replacements: TextReplacements,
): string[] {
  const micros = Number(stampText).toString(16);
  const fields: readonly (readonly [string, string | number | null])[] = [
    ["_HOSTNAME", host === null ? null : replacements.name(host)],
    ["SYSLOG_IDENTIFIER", tag],
    ["GROUP", group],
    ["LEVEL", level],
    ["THREAD", thread],
    ["IKE_SA_NAME", ikeName === null ? null : replacements.name(ikeName)],
    ["IKE_SA_UNIQUE_ID", ikeId],
    ["MESSAGE", message],
  ];
  return [
    `${time} [s=${NOBODYS};i=1;b=${NOBODYS};m=0;t=${micros};x=0]`,
    ...fields.flatMap(([name, value]) => (value === null ? [] : [`    ${name}=${value}`])),
  ];
}
