import { say } from "../../texts/message.js";
import { Option } from "commander";
import { UsageError, literal } from "../exit.js";

/** `--tunnel`: its value is the number that the report gives a tunnel. */
export function tunnelOption(description: string): Option {
  return new Option("--tunnel <number>", description).argParser(tunnelNumber);
}

function tunnelNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(say`--tunnel takes a number as the report gives it, not "${literal(text)}"`);
}
