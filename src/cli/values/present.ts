import { say } from "../../texts/message.js";
import { UsageError } from "../exit.js";

/** Reads a text that must not be empty for an option: an empty one is mostly a variable of a script that is not set. */
export function present(option: string): (text: string) => string {
  return (text) => {
    if (text.trim() === "") throw new UsageError(say`${option} is empty`);
    return text;
  };
}
