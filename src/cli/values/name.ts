import { say } from "../../texts/message.js";
import { printable } from "../../bytes/text.js";
import { UsageError, literal } from "../exit.js";

/** No interface and no user has a longer name. */
const LONGEST = 64;

/** Reads the name of an interface or a user for an option. It becomes an argument of another program, so that one which would be an option there is a UsageError, as are blanks and what is no text. */
export function nameFor(option: string, of: string): (text: string) => string {
  return (text) => {
    if (text.length <= LONGEST && /^[^-\s]\S*$/.test(text) && printable(text) === text) return text;
    throw new UsageError(say`${option} takes the name of ${of}, not "${literal(text)}"`);
  };
}
