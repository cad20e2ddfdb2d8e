import { say } from "../../texts/message.js";
import { humanBytes } from "../../bytes/size.js";
import { UsageError, literal } from "../exit.js";
import type { Range } from "./number.js";

/** Powers of 1000, as all sizes that ikescope prints. */
const FACTORS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** Reads a size such as "500M", "1.5 GB" or "4096" as bytes for an option; anything else, or a size out of range, is a UsageError. */
export function sizeIn(option: string, range: Range): (text: string) => number {
  return (text) => {
    const [, digits, unit = ""] = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmgt]?)b?$/i.exec(text) ?? [];
    if (digits === undefined) {
      throw new UsageError(say`${option} takes a size such as 500M or 2G, not "${literal(text)}"`);
    }
    const bytes = Math.floor(Number(digits) * (FACTORS[unit.toLowerCase()] ?? Number.NaN));
    if (bytes >= range.least && bytes <= range.most) return bytes;
    throw new UsageError(
      say`${option} takes a size from ${humanBytes(range.least)} to ${humanBytes(range.most)}, not ${literal(text)}`,
    );
  };
}
