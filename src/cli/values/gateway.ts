import { say } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const LABEL = /^([A-Za-z0-9_-]{1,32})=([\x21-\x7e]{1,128})$/;
const MOST_LABELS = 16;

/** Reads the name of a gateway for an option: it becomes a part of a subject, where dots and blanks part names. */
export function gatewayName(option: string): (text: string) => string {
  return (text) => {
    if (NAME.test(text)) return text;
    throw new UsageError(
      say`${option} takes letters, digits, - and _, up to 64 of them, not "${literal(text)}"`,
    );
  };
}

/** Reads name=value for an option that may be given several times. */
export function labelOf(
  option: string,
): (text: string, before?: Readonly<Record<string, string>>) => Readonly<Record<string, string>> {
  return (text, before = {}) => {
    const [, name, value] = LABEL.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(
        say`${option} takes name=value such as isp=north, without blanks, not "${literal(text)}"`,
      );
    }
    if (Object.keys(before).length >= MOST_LABELS)
      throw new UsageError(say`${option}: no more than ${MOST_LABELS}`);
    return { ...before, [name]: value };
  };
}

/** The name that a gateway has where none is given: that of its host, without its domain; null where it has none that fits. */
export function nameOfHost(host: string): string | null {
  const name = host.split(".")[0] ?? "";
  return NAME.test(name) ? name : null;
}
