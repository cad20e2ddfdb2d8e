import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

const SOURCE = fileURLToPath(new URL("../../../src/", import.meta.url));

/** An English text of the source. */
export interface SourceText {
  /** As tables have it: `{0}` is the place of the first value. */
  readonly pattern: string;
  readonly file: string;
  /** Told as a text by its tag; without one it only looks like one. */
  readonly isTagged: boolean;
  /** Places that hold nothing but an English ending, such as the "s" of a plural: other languages may leave them out. */
  readonly endings: ReadonlySet<number>;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Tags of templates that are texts: messages, and labels of a page. */
const TEXT_TAGS = new Set(["say", "label"]);

/** What says a message: a string in its call is a text. */
const SAYING = new Set(["UsageError", "CaptureError", "LiveError", "FilterError", "complain"]);

/** Members whose strings are no texts: codes, names of documents, classes of elements. */
const NO_TEXTS = new Set(["code", "references", "commands", "needs", "yieldsTo", "class"]);

/** Texts of all files of some folders or files of `src`, each pattern once. */
export function sourceTexts(places: readonly string[]): readonly SourceText[] {
  const found = new Map<string, SourceText>();
  for (const file of places.flatMap(filesOf)) {
    for (const text of textsOf(file)) {
      if (!found.has(text.pattern)) found.set(text.pattern, text);
    }
  }
  return [...found.values()];
}

function filesOf(place: string): string[] {
  const path = join(SOURCE, place);
  if (place.endsWith(".ts")) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(path, name));
}

/** Templates with one of the tags, and strings that look like words for people. */
function textsOf(path: string): SourceText[] {
  const source = readFileSync(path, "utf8");
  const file = relative(SOURCE, path);
  const texts: SourceText[] = [];
  const add = (pattern: string, isTagged: boolean, endings: ReadonlySet<number> = new Set()): void => {
    if (isText(pattern.replaceAll(/\{\d+\}/g, ""))) texts.push({ pattern, file, isTagged, endings });
  };
  walk(parseSync(path, source).program, (node, parent) => {
    if (node.type === "TaggedTemplateExpression" && TEXT_TAGS.has(nameOf(node["tag"]) ?? "")) {
      const quasi = node["quasi"] as Node;
      add(patternOf(quasi), true, endingsOf(quasi, source));
    } else if (isString(node) && parent?.["tag"] === undefined) {
      const text = stringOf(node);
      if (/\s/.test(text)) add(text, SAYING.has(nameOf(parent?.["callee"] ?? {}) ?? ""));
    }
  });
  return texts;
}

function isText(text: string): boolean {
  return /[a-z]{2,}/.test(text) && !/^(RFC|IANA|draft-|NIST|ip\.)/.test(text);
}

function isString({ type, value, expressions }: Node): boolean {
  return (
    (type === "Literal" && typeof value === "string") ||
    (type === "TemplateLiteral" && (expressions as readonly Node[]).length === 0)
  );
}

function stringOf(node: Node): string {
  return (node.type === "Literal" ? String(node["value"]) : (cookedOf(node)[0] ?? "")).trim();
}

function cookedOf(template: Node): string[] {
  return (template["quasis"] as readonly { readonly value: { readonly cooked: string } }[]).map(
    ({ value }) => value.cooked,
  );
}

function patternOf(template: Node): string {
  return cookedOf(template)
    .map((text, index) => (index === 0 ? text : `{${index - 1}}${text}`))
    .join("")
    .trim();
}

/** Places of `count === 1 ? "" : "s"` and the like: both texts are short and of small letters. */
function endingsOf(template: Node, source: string): ReadonlySet<number> {
  const ending = /^[^?]*\? "[a-z ]{0,8}" : "[a-z ]{0,8}"$/;
  return new Set(
    (template["expressions"] as readonly Node[]).flatMap(({ start, end }, index) =>
      ending.test(source.slice(start, end).replaceAll(/\s+/g, " ")) ? [index] : [],
    ),
  );
}

function nameOf(node: unknown): string | undefined {
  return (node as { readonly name?: string }).name;
}

function walk(
  value: unknown,
  visit: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit, parent);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const node = value as Node;
  if (node.type === "ImportDeclaration" || node.type === "TSLiteralType") return;
  if (node.type === "Property" && NO_TEXTS.has(nameOf(node["key"]) ?? "")) return;
  if (typeof node.type === "string") visit(node, parent);
  for (const [key, child] of Object.entries(node)) {
    // Of a member only the value is a text.
    if (key === "key" && node.type === "Property") continue;
    walk(child, visit, typeof node.type === "string" ? node : parent);
  }
}
