import type { Code } from "../diagnosis/codes.js";
import { RULES } from "../diagnosis/rules/index.js";
import type { Rule } from "../diagnosis/rule.js";
import { PROCEDURE_NAMES, type ProcedureName, PROCEDURES } from "../diagnosis/commands/procedure.js";
import type { Product } from "../diagnosis/commands/product.js";
import { COMMON_PRODUCTS, commandsOf, PRODUCTS } from "../diagnosis/commands/products.js";
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

const COMMAND_WORDS =
  "Words in capitals are yours to put in: NAME of the connection, ADDRESS of this side, PEER of the other, MSS and MTU of the finding. " +
  "What has an equals sign is a setting: of swanctl.conf (with 'charon.' of strongswan.conf), of Libreswan's ipsec.conf.";

const OTHER_PRODUCTS = `Other products: --product with one of ${PRODUCTS.filter(
  (product) => !COMMON_PRODUCTS.includes(product),
)
  .map(({ id }) => id)
  .join(", ")}.`;

/** One entry of the catalogue for a terminal, with the commands of one product, or of those that are common. */
export function renderEntry(code: Code, product: Product | null = null, width = 100): string {
  const { severity, title, explanation, signature, remedies, commands = [], references } = RULES[code];
  const lines = [
    `${code}  ${severity}`,
    ...wrap(title, width, "  "),
    "",
    ...wrap(explanation, width, "  "),
    "",
    ...wrap(signature, width, "  ", "  On the wire: "),
    "",
    ...remedies.flatMap((remedy, index) => wrap(remedy, width, "     ", `  ${index + 1}. `)),
    ...entryCommands(commands, product),
    ...(commands.length === 0
      ? []
      : ["", ...wrap(product === null ? `${COMMAND_WORDS} ${OTHER_PRODUCTS}` : COMMAND_WORDS, width, "  ")]),
    ...(references.length === 0 ? [] : ["", `  ${references.join(", ")}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function entryCommands(procedures: readonly ProcedureName[], product: Product | null): string[] {
  const lines = procedures.flatMap((name) =>
    procedureLines(name, product === null ? COMMON_PRODUCTS : [product]),
  );
  const hasNone = product !== null && lines.length === 0 && procedures.length > 0;
  return hasNone
    ? ["", `  No command of ${product.name} is known for this; the steps above hold all the same.`]
    : lines;
}

/** A heading, then the commands with their product in front. They are not wrapped: they are there to be copied. */
function procedureLines(name: ProcedureName, products: readonly Product[]): string[] {
  const rows = commandRows(name, products);
  return rows.length === 0 ? [] : ["", `  ${PROCEDURES[name]}`, ...rows.map((row) => `    ${row}`)];
}

/** Of several products each has its own commands alone: those of the system that it runs on are that one's rows. */
function commandRows(procedure: ProcedureName, products: readonly Product[]): string[] {
  const longest = Math.max(...products.map(({ name }) => name.length));
  return products.flatMap((product) =>
    [
      ...(products.length === 1 ? commandsOf(product, procedure) : (product.commands[procedure] ?? [])),
      ...formNote(product, procedure),
    ].map((line, index) => `${(index === 0 ? product.name : "").padEnd(longest)}  ${line}`),
  );
}

/** What a capture command gives, for whoever has to hand it to ikescope. */
function formNote({ captureForm, commands }: Product, procedure: ProcedureName): string[] {
  if (procedure !== "capture" || captureForm === undefined || commands.capture === undefined) return [];
  return [
    captureForm === "text" ? "(gives a hex dump: save it as a text file)" : `(gives a ${captureForm} file)`,
  ];
}

/** All codes with their titles, a line each. */
export function renderList(): string {
  const longest = Math.max(...CODES.map((code) => code.length));
  return CODES.map((code) => {
    const { severity, title } = RULES[code];
    return `${code.padEnd(longest)}  ${severity.padEnd(8)}  ${title}\n`;
  }).join("");
}

/** The whole catalogue as a page of the documentation. */
export function renderCatalogueMarkdown(): string {
  const entries = CODES.map((code) => entryMarkdown(code, RULES[code]));
  const procedures = PROCEDURE_NAMES.map(procedureMarkdown);
  return (
    "# Findings\n\n" +
    "What ikescope can conclude, and what to do then. This page is made by `ikescope explain --markdown`.\n\n" +
    "`critical`: the tunnel does not come up or carries nothing. `warning`: it works badly or will break. `info`: an explanation, never a fault. A fault that heals within the capture is at most a warning.\n\n" +
    `${entries.join("\n")}\n# Commands\n\n` +
    `${COMMAND_WORDS}\n\n` +
    procedures.join("\n")
  );
}

function entryMarkdown(
  code: Code,
  { severity, title, explanation, signature, remedies, commands = [], references }: Rule,
): string {
  const steps = remedies.map((remedy, index) => `${index + 1}. ${remedy}\n`).join("");
  const links = commands.length === 0 ? "" : `\nCommands: ${commands.map(linkTo).join(", ")}\n`;
  const sources = references.length === 0 ? "" : `\n${references.join(", ")}\n`;
  return `## ${code}\n\n${severity}: **${title}**\n\n${explanation}\n\nOn the wire: ${signature}\n\n${steps}${links}${sources}`;
}

/** As code hosts make anchors of headings. */
function linkTo(name: ProcedureName): string {
  const title = PROCEDURES[name];
  const anchor = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  return `[${title.replace(/\?$/, "")}](#${anchor})`;
}

function procedureMarkdown(name: ProcedureName): string {
  return `## ${PROCEDURES[name]}\n\n\`\`\`\n${commandRows(name, PRODUCTS).join("\n")}\n\`\`\`\n`;
}
