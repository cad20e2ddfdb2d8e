import { CATALOGUE, type Code } from "../diagnosis/catalogue/index.js";
import type { CatalogueEntry } from "../diagnosis/catalogue/entry.js";
import { wrap } from "./wrap.js";

/** All codes in the order of the catalogue: from reachability to the capture itself. */
export const CODES = Object.keys(CATALOGUE) as readonly Code[];

export function isCode(text: string): text is Code {
  return Object.hasOwn(CATALOGUE, text);
}

/** One entry of the catalogue for a terminal. */
export function renderEntry(code: Code, width = 100): string {
  const { severity, title, explanation, remedies, references } = CATALOGUE[code];
  const lines = [
    `${code}  ${severity}`,
    ...wrap(title, width, "  "),
    "",
    ...wrap(explanation, width, "  "),
    "",
    ...remedies.flatMap((remedy, index) => wrap(remedy, width, "     ", `  ${index + 1}. `)),
    ...(references.length === 0 ? [] : ["", `  ${references.join(", ")}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** All codes with their titles, a line each. */
export function renderList(): string {
  const longest = Math.max(...CODES.map((code) => code.length));
  return CODES.map((code) => {
    const { severity, title } = CATALOGUE[code];
    return `${code.padEnd(longest)}  ${severity.padEnd(8)}  ${title}\n`;
  }).join("");
}

/** The whole catalogue as a page of the documentation. */
export function renderMarkdown(): string {
  const entries = CODES.map((code) => entryMarkdown(code, CATALOGUE[code]));
  return (
    "# Findings\n\n" +
    "What ikescope can conclude, and what to do then. This page is made by `ikescope explain --markdown`.\n\n" +
    "`critical`: the tunnel does not come up or carries nothing. `warning`: it works badly or will break. `info`: an explanation, never a fault. A fault that heals within the capture is at most a warning.\n\n" +
    entries.join("\n")
  );
}

function entryMarkdown(
  code: Code,
  { severity, title, explanation, remedies, references }: CatalogueEntry,
): string {
  const steps = remedies.map((remedy, index) => `${index + 1}. ${remedy}\n`).join("");
  const sources = references.length === 0 ? "" : `\n${references.join(", ")}\n`;
  return `## ${code}\n\n${severity}: **${title}**\n\n${explanation}\n\n${steps}${sources}`;
}
