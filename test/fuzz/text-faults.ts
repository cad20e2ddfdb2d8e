import { HOSTILE, STEERING } from "../support/hostile.js";
import type { Fault } from "./checks.js";

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const NO_VALUE = /\b(NaN|undefined|Invalid Date|\[object Object\]|-?Infinity)\b/;
/** Text that came from a packet must not have become an element, or the link of one. */
const MARKUP = [/<img src=x/, /<script>document/, /<b>bold/, /\]\(javascript:/];

/** What is wrong with an output as a text: no values, half characters, control characters, markup that came from a packet. */
export function textFaults(name: string, output: string): Fault[] {
  const faults: Fault[] = [];
  const found = (kind: string, at: RegExpExecArray | null): void => {
    if (at !== null)
      faults.push({ kind, what: JSON.stringify(output.slice(Math.max(0, at.index - 60), at.index + 60)) });
  };
  // The page brings a program of its own, in which such words are names.
  const text = name === "html" ? output.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "") : output;
  if (!HOSTILE.some((hostile) => text.includes(hostile))) found("no value", NO_VALUE.exec(text));
  found("cut surrogate pair", LONE_SURROGATE.exec(output));
  if (name !== "html") found("steers the terminal", STEERING.exec(output));
  if (name === "html" || name === "markdown") for (const markup of MARKUP) found("markup", markup.exec(text));
  return faults;
}
