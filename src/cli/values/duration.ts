import { say } from "../../texts/message.js";
import type { Micros } from "../../bytes/time.js";
import { UsageError, literal } from "../exit.js";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** Reads a duration such as "90s", "15m", "24h" or "7d" as microseconds for an option; anything else, or one outside of `shortest` to `longest` (written the same way), is a UsageError. */
export function durationIn(option: string, shortest: string, longest: string): (text: string) => Micros {
  return (text) => {
    const value = durationText(text);
    if (value === null) {
      throw new UsageError(
        say`${option} takes a duration such as 90s, 15m, 24h or 7d, not "${literal(text)}"`,
      );
    }
    if (value >= (durationText(shortest) ?? 0) && value <= (durationText(longest) ?? Infinity)) return value;
    throw new UsageError(
      say`${option} takes a duration from ${shortest} to ${longest}, not ${literal(text)}`,
    );
  };
}

/** Reads "90s", "15m", "1.5h" or "7d" as microseconds; null for anything else. */
export function durationText(text: string): Micros | null {
  const [, digits, unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?) ?(s|m|min|h|d)$/.exec(text) ?? [];
  return digits === undefined ? null : Math.round(Number(digits) * (SECONDS[unit] ?? Number.NaN) * 1e6);
}
