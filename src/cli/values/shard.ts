import { printable } from "../../bytes/text.js";
import { UsageError } from "../exit.js";

const MOST_PARTS = 10_000;

/** Reads "3/8" as part 3 of 8 for an option; anything else is a UsageError that names the option. */
export function shardIn(option: string): (text: string) => { readonly number: number; readonly of: number } {
  return (text) => {
    const [, first = "", second = ""] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
    const [number, of] = [Number(first), Number(second)];
    if (first !== "" && number >= 1 && number <= of && of <= MOST_PARTS) return { number, of };
    throw new UsageError(`${option} takes a part of all, such as 1/8 to 8/8, not "${printable(text)}"`);
  };
}
