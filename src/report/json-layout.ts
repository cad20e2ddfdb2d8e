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
  const inner = `${indent}  `;
  let text = "{";
  for (const [name, value] of Object.entries(object) as [string, unknown][]) {
    text += text === "{" ? "\n" : ",\n";
    text += `${inner}"${name}": ${memberText(name, value, inner)}`;
  }
  return text === "{" ? "{}" : `${text}\n${indent}}`;
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
