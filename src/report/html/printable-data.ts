import { printable } from "../../bytes/text.js";

/** Data for a page of which every text is made printable, wherever it may stand; keys are our own. */
export function printableData<T>(data: T): T {
  return printed(data) as T;
}

function printed(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(printed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printed(item)]));
}
