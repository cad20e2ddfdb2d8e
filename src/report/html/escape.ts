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
  return escapedJson(json);
}

/** {@link embeddedJson} of an object in pieces, an item of a list a piece: they are made while they are written. */
export function* embeddedPieces(members: object): Generator<string> {
  let before = "{";
  for (const [name, value] of Object.entries<unknown>({ ...members })) {
    yield `${before}${embeddedJson(name)}:`;
    if (value instanceof LazyList) yield* listPieces(value);
    else yield embeddedJson(value);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

/** A list whose items are made one by one, when they are written. */
export class LazyList<T> {
  readonly items: Iterable<T>;

  constructor(items: Iterable<T>) {
    this.items = items;
  }
}

function* listPieces(list: LazyList<unknown>): Generator<string> {
  let before = "[";
  for (const item of list.items) {
    yield before + embeddedJson(item);
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

function escapedJson(json: string): string {
  return json.replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
