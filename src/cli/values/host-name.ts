import { say } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";

/** The longest name of DNS (RFC 1035 2.3.4). */
const LONGEST = 253;

/** Reads the name of a host, or an address, without a port, for an option; anything else is a UsageError. Upper and lower case are the same. */
export function hostName(option: string): (text: string) => string {
  return (text) => {
    if (text.length <= LONGEST && /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(text))
      return text.toLowerCase();
    throw new UsageError(
      say`${option} takes the name of a host such as gateway.example, not "${literal(text)}"`,
    );
  };
}
