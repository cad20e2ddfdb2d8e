import { printable } from "../../bytes/text.js";
import { UsageError } from "../exit.js";

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes that a size of the command line stands for: "500M", "2G", "1.5G", powers of 1024. `option` is for the message. */
export function parseSize(option: string, text: string): number {
  const [, number = "", unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)([KMGT]?)i?B?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * (UNITS[unit.toUpperCase()] ?? 0));
  if (number === "" || bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw new UsageError(`${option} takes a size such as 500M or 2G, not "${printable(text)}"`);
  }
  return bytes;
}
