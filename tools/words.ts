import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Refuses comments that open with a word that tells a reader nothing yet, thresholds of `src` that are named by neither quantity
 * nor purpose, and exported names that docs/glossary.md has retired. `npm run check` runs it.
 */
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const FOLDERS = ["src", "test", "tools", "pcaps"];
/** Comments of today that open so, by folder: a number that may only go down. */
const OPENINGS_LEFT: Readonly<Record<string, number>> = { src: 0, test: 153, tools: 3, pcaps: 0 };

const OPENING = /^\s*(?:\/\*\*|\/\/)\s(?:What|Who|Where|Of)\b/;
/** A constant of a module whose name says neither what is counted nor what for, such as PROOF or PACKETS. */
const VAGUE =
  /^(?:export )?const (ENOUGH|FEW|LARGEST|LATE|LEAST|LONG|MANY|MOST|PACKETS|PROOF|SETTLED|SHORT|SOON)\b/;
const EXPORTED = /^export (?:declare )?(?:abstract )?(?:class|interface|type|enum|const|function) (\w+)/;

interface Line {
  readonly file: string;
  readonly number: number;
  readonly text: string;
}

/** The names of the glossary's table of retired words, in its first column. */
function retiredNames(): Set<string> {
  const glossary = readFileSync(`${ROOT}docs/glossary.md`, "utf8");
  const [, table = ""] = glossary.split("## Retired");
  return new Set([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = ""]) => name));
}

function linesIn(folder: string): Line[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("generated/"))
    .flatMap((name) =>
      readFileSync(`${ROOT}${folder}/${name}`, "utf8")
        .split("\n")
        .map((text, index) => ({ file: `${folder}/${name}`, number: index + 1, text })),
    );
}

/** The lines that open a comment with such a word; a line comment that goes on from the line before opens none. */
function openings(lines: readonly Line[]): Line[] {
  return lines.filter(({ text, file }, index) => {
    if (!OPENING.test(text)) return false;
    const before = lines[index - 1];
    return before?.file !== file || !/^\s*\/\//.test(before.text) || !/^\s*\/\//.test(text);
  });
}

const retired = retiredNames();
const faults: string[] = [];
if (retired.size === 0) faults.push("docs/glossary.md: no table of retired names");
for (const folder of FOLDERS) {
  const lines = linesIn(folder);
  const found = openings(lines);
  const allowed = OPENINGS_LEFT[folder] ?? 0;
  if (found.length > allowed) {
    faults.push(
      `${folder}: ${found.length} comments open with What, Who, Where or Of; ${allowed} were left. Say what the thing returns or does:`,
      ...found.map(({ file, number, text }) => `  ${file}:${number} ${text.trim()}`),
    );
  }
  for (const { file, number, text } of lines) {
    const [, vague = ""] = folder === "src" ? (VAGUE.exec(text) ?? []) : [];
    if (vague !== "") faults.push(`${file}:${number} ${vague}: name it by quantity, purpose and unit`);
    const [, name = ""] = EXPORTED.exec(text) ?? [];
    if (retired.has(name))
      faults.push(`${file}:${number} exports ${name}, which docs/glossary.md has retired`);
  }
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join("\n")}\n`);
  process.exitCode = 1;
}
