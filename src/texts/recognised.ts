import { type Message, verbatim } from "./message.js";

/**
 * The English text as a message, by the first of the patterns that it is made by ("{0} at byte {1}: {2}"); what stands in the
 * places is recognised in turn. For texts of rooms and libraries that make no messages; what no pattern makes stays as it is.
 */
export function recognised(text: string, patterns: readonly string[]): Message {
  for (const pattern of patterns) {
    const strings = pattern.split(/\{\d\}/);
    const values = valuesIn(text, strings);
    if (values === null) continue;
    return {
      kind: "said",
      strings,
      // A place that holds all of the text would hold it again.
      values: values.map((value) => (value === text ? verbatim(value) : recognised(value, patterns))),
    };
  }
  return verbatim(text);
}

/** The values between these strings in a text; null where it is not made of them. */
function valuesIn(text: string, strings: readonly string[]): string[] | null {
  const values: string[] = [];
  let rest = text;
  for (const [index, part] of strings.entries()) {
    const at = index === strings.length - 1 && part === "" ? rest.length : rest.indexOf(part);
    if (at < 0 || (index === 0 && at > 0)) return null;
    if (index > 0) values.push(rest.slice(0, at));
    rest = rest.slice(at + part.length);
  }
  return rest === "" ? values : null;
}
