import { say } from "../../texts/message.js";
import { UsageError } from "../exit.js";
import { present } from "./present.js";

/** Reads the name of a file or folder for an option whose output cannot go to standard output. */
export function fileName(option: string): (text: string) => string {
  const read = present(option);
  return (text) => {
    if (text === "-") throw new UsageError(say`${option} -: this goes to a file, never to standard output`);
    return read(text);
  };
}
