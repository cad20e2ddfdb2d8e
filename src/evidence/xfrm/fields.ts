import { stampAt } from "../lines/stamp.js";
import type { Micros } from "../../bytes/time.js";

/** Numbers and words of `ip xfrm`, with or without -s: there "0xc6e0222a(3336577578)" and "1(0x00000001)" follow. */
export function spiField(line: string): number | null {
  const match = /\bspi 0x([0-9a-f]{1,8})\b/i.exec(line);
  return match === null ? null : Number.parseInt(match[1] ?? "", 16);
}

export function reqidField(line: string): number | null {
  const match = /\breqid (0x[0-9a-f]{1,8}|\d{1,10})\b/i.exec(line);
  return match === null ? null : Number(match[1]);
}

export function wordAfter(line: string, key: string): string | null {
  const match = new RegExp(String.raw`(?:^|\s)${key} (\S+)`).exec(line);
  return match?.[1] ?? null;
}

/** "0x2a", or a decimal number. */
export function ifIdField(line: string): number | null {
  const word = wordAfter(line, "if_id");
  return word !== null && /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(word) ? Number(word) : null;
}

/** "add 2026-11-28 20:13:41 use -": when it was made and used first; null for a dash. */
export function lifetimeTimes(
  line: string,
): { readonly added: Micros | null; readonly used: Micros | null } | null {
  const match = /^\s*add (.{1,40}?) use (.{1,40}?)\s*$/.exec(line);
  if (match === null) return null;
  return { added: timeOf(match[1]), used: timeOf(match[2]) };
}

function timeOf(text = ""): Micros | null {
  return stampAt(text, 0)?.stamp.time ?? null;
}
