import { say } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";

/** Inclusive. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Reads a whole number of that range for an option; anything else is a UsageError that names the option. */
export function numberIn(option: string, { least, most }: Range): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(
      say`${option} takes a whole number from ${least} to ${most}, not "${literal(text)}"`,
    );
  };
}
