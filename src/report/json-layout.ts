/** Lists whose items have a line each, or, where they hold such lists themselves, several. */
const LISTS: ReadonlySet<string> = new Set([
  "captures",
  "causes",
  "tunnels",
  "peers",
  "ikeSas",
  "exchanges",
  "childSas",
  "streams",
  "findings",
  "evidence",
  "remedies",
]);
/** Lists whose items are written a member a line. */
const SPREAD: ReadonlySet<string> = new Set(["captures", "tunnels", "ikeSas", "findings"]);

/**
 * An object as JSON, laid out to be read and searched by lines: a member a line, and of its lists an item a line, so that
 * an exchange or a stream is one line. Less than half of what it takes with every number on a line of its own.
 */
export function layOut(object: object, indent: string): string {
  const layout = layoutAt(indent);
  const { inner } = layout;
  let text = "{";
  for (const name of Object.keys(object)) {
    if (text !== "{") text += ",";
    text += layout.before(name) + memberText(name, (object as Record<string, unknown>)[name], inner);
  }
  return text === "{" ? "{}" : text + layout.end;
}

/** The text around the members of an object at one depth: made once, for a report has the same thousands of times. */
class Layout {
  readonly inner: string;
  readonly end: string;
  readonly #before = new Map<string, string>();

  constructor(indent: string) {
    this.inner = `${indent}  `;
    this.end = `\n${indent}}`;
  }

  /** The text before the value of a member. */
  before(name: string): string {
    let before = this.#before.get(name);
    if (before === undefined) this.#before.set(name, (before = `\n${this.inner}"${name}": `));
    return before;
  }
}

const layouts = new Map<string, Layout>();

function layoutAt(indent: string): Layout {
  let layout = layouts.get(indent);
  if (layout === undefined) layouts.set(indent, (layout = new Layout(indent)));
  return layout;
}

/** An item of the list `name`, as {@link layOut} writes it there. */
export function layOutItem(name: string, item: unknown, indent: string): string {
  return SPREAD.has(name) && typeof item === "object" && item !== null
    ? layOut(item, indent)
    : JSON.stringify(item);
}

function memberText(name: string, value: unknown, indent: string): string {
  if (!Array.isArray(value) || value.length === 0 || !LISTS.has(name)) return JSON.stringify(value);
  const inner = `${indent}  `;
  let text = "[";
  for (const item of value as readonly unknown[]) {
    text += text === "[" ? "\n" : ",\n";
    text += inner + layOutItem(name, item, inner);
  }
  return `${text}\n${indent}]`;
}
