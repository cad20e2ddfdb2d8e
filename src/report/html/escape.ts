import { printable } from "../../bytes/text.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that may come from a packet, for the content of an element or a quoted attribute. */
export function htmlText(text: string): string {
  return htmlLines(printable(text));
}

/** The same for text of several lines whose characters are printable already. */
export function htmlLines(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * Data as JSON for a script element that is no program: nothing in it can end the element or begin a comment. Every
 * text in it is made printable, for wherever the page shows it.
 */
export function embeddedJson(data: unknown): string {
  const json = JSON.stringify(data, (_, value: unknown) =>
    typeof value === "string" ? printable(value) : value,
  );
  return json.replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
