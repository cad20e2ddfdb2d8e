import { padBehind } from "../bytes/columns.js";
import type { Code } from "../diagnosis/codes.js";
import { RULES } from "../diagnosis/rules/index.js";
import type { Rule } from "../diagnosis/rule.js";
import { PROCEDURE_NAMES, type ProcedureName, PROCEDURES } from "../diagnosis/commands/procedure.js";
import type { Product } from "../diagnosis/commands/product.js";
import { COMMON_PRODUCTS, commandsOf, PRODUCTS } from "../diagnosis/commands/products.js";
import { joined, listed, type Message, say } from "../texts/message.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { wrap } from "./wrap.js";

/** All codes in the order of the catalogue: from reachability to the capture itself. */
export const CODES = Object.keys(RULES) as readonly Code[];

export function isCode(text: string): text is Code {
  return Object.hasOwn(RULES, text);
}

/** The title of a finding, a line. */
export function titleOf(code: Code): string {
  return RULES[code].title;
}

const COMMAND_WORDS = joined(
  "Words in capitals are yours to put in: NAME of the connection, ADDRESS of this side, PEER of the other, MSS and MTU of the finding. ",
  "What has an equals sign is a setting: of swanctl.conf (with 'charon.' of strongswan.conf), of Libreswan's ipsec.conf.",
);

const OTHER_PRODUCTS = say` Other products: --product with one of ${listed(
  PRODUCTS.filter((product) => !COMMON_PRODUCTS.includes(product)).map(({ id }) => id),
)}.`;

/** One entry of the catalogue for a terminal, with the commands of one product, or of those that are common. */
export function renderEntry(
  code: Code,
  product: Product | null = null,
  width = 100,
  texts: Texts = ENGLISH,
): string {
  const wrapped = (message: Message, indent: string, first = indent): string[] =>
    wrap(texts.of(message), width, indent, first);
  const { severity, title, explanation, signature, remedies, commands = [], references } = RULES[code];
  const lines = [
    `${code}  ${texts.of(severity)}`,
    ...wrapped(title, "  "),
    "",
    ...wrapped(explanation, "  "),
    "",
    ...wrapped(say`On the wire: ${signature}`, "  "),
    "",
    ...remedies.flatMap((remedy, index) => wrapped(remedy, "     ", `  ${index + 1}. `)),
    ...entryCommands(commands, product, texts),
    ...(commands.length === 0
      ? []
      : ["", ...wrapped(product === null ? joined(COMMAND_WORDS, OTHER_PRODUCTS) : COMMAND_WORDS, "  ")]),
    ...(references.length === 0 ? [] : ["", `  ${references.join(", ")}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function entryCommands(
  procedures: readonly ProcedureName[],
  product: Product | null,
  texts: Texts,
): string[] {
  const lines = procedures.flatMap((name) =>
    procedureLines(name, product === null ? COMMON_PRODUCTS : [product], texts),
  );
  if (product === null || lines.length > 0 || procedures.length === 0) return lines;
  const none = say`No command of ${product.name} is known for this; the steps above hold all the same.`;
  return ["", `  ${texts.of(none)}`];
}

/** A heading, then the commands with their product in front. They are not wrapped: they are there to be copied. */
function procedureLines(name: ProcedureName, products: readonly Product[], texts: Texts): string[] {
  const rows = commandRows(name, products, texts);
  return rows.length === 0 ? [] : ["", `  ${texts.of(PROCEDURES[name])}`, ...rows.map((row) => `    ${row}`)];
}

/** Rows of commands. With several products each has its own commands alone: those of its system are rows of that system. */
function commandRows(procedure: ProcedureName, products: readonly Product[], texts: Texts): string[] {
  const longest = Math.max(...products.map(({ name }) => name.length));
  return products.flatMap((product) =>
    [
      ...(products.length === 1 ? commandsOf(product, procedure) : (product.commands[procedure] ?? [])),
      ...formNote(product, procedure, texts),
    ].map((line, index) => `${(index === 0 ? product.name : "").padEnd(longest)}  ${line}`),
  );
}

/** The output of a capture command, for whoever has to hand it to ikescope. */
function formNote({ captureForm, commands }: Product, procedure: ProcedureName, texts: Texts): string[] {
  if (procedure !== "capture" || captureForm === undefined || commands.capture === undefined) return [];
  const note =
    captureForm === "text"
      ? "gives a hex dump: save it as a text file"
      : say`gives a file of the form ${captureForm}`;
  return [`(${texts.of(note)})`];
}

/** All codes, or those given, with their titles, a line each. */
export function renderList(texts: Texts = ENGLISH, codes: readonly Code[] = CODES): string {
  const longest = Math.max(...codes.map((code) => code.length));
  return codes
    .map((code) => {
      const { severity, title } = RULES[code];
      return `${code.padEnd(longest)}  ${padBehind(texts.of(severity), 8)}  ${texts.of(title)}\n`;
    })
    .join("");
}

const PAGE = {
  head: "What ikescope can conclude, and what to do then. This page is made by `ikescope explain --markdown`.",
  severities:
    "`critical`: the tunnel does not come up or carries nothing. `warning`: it works badly or will break. `info`: an explanation, never a fault. A fault that heals within the capture is at most a warning.",
} as const;

/** The whole catalogue as a page of the documentation. */
export function renderCatalogueMarkdown(texts: Texts = ENGLISH): string {
  const entries = CODES.map((code) => entryMarkdown(code, RULES[code], texts));
  const procedures = PROCEDURE_NAMES.map((name) => procedureMarkdown(name, texts));
  return (
    `# ${texts.of("Findings")}\n\n` +
    `${texts.of(PAGE.head)}\n\n` +
    `${texts.of(PAGE.severities)}\n\n` +
    `${entries.join("\n")}\n# ${texts.of("Commands")}\n\n` +
    `${texts.of(COMMAND_WORDS)}\n\n` +
    procedures.join("\n")
  );
}

function entryMarkdown(
  code: Code,
  { severity, title, explanation, signature, remedies, commands = [], references }: Rule,
  texts: Texts,
): string {
  const steps = remedies.map((remedy, index) => `${index + 1}. ${texts.of(remedy)}\n`).join("");
  const links = listed(commands.map((name) => linkTo(name, texts)));
  const more = commands.length === 0 ? "" : `\n${texts.of(say`Commands: ${links}`)}\n`;
  const sources = references.length === 0 ? "" : `\n${texts.of(listed(references))}\n`;
  const wire = texts.of(say`On the wire: ${signature}`);
  const head = texts.of(say`${severity}: ${`**${texts.of(title)}**`}`);
  return `## ${code}\n\n${head}\n\n${texts.of(explanation)}\n\n${wire}\n\n${steps}${more}${sources}`;
}

/** As code hosts make anchors of headings: letters of any script, and hyphens for blanks. */
function linkTo(name: ProcedureName, texts: Texts): string {
  const title = texts.of(PROCEDURES[name]);
  const anchor = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
  return `[${title.replace(/[?\uff1f]$/, "")}](#${anchor})`;
}

function procedureMarkdown(name: ProcedureName, texts: Texts): string {
  return `## ${texts.of(PROCEDURES[name])}\n\n\`\`\`\n${commandRows(name, PRODUCTS, texts).join("\n")}\n\`\`\`\n`;
}
