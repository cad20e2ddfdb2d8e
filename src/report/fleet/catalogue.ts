import { padBehind } from "../../bytes/columns.js";
import { type FleetCode, FLEET_CODES } from "../../fleet/codes.js";
import { FLEET_RULES } from "../../fleet/rules/index.js";
import { say } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";
import { wrap } from "../wrap.js";

export function isFleetCode(text: string): text is FleetCode {
  return FLEET_CODES.some((code) => code === text);
}

/** The title of a finding over several gateways, a line. */
export function fleetTitleOf(code: FleetCode): string {
  return ruleOf(code)?.title ?? code;
}

function ruleOf(code: FleetCode): (typeof FLEET_RULES)[number] | undefined {
  return FLEET_RULES.find((rule) => rule.code === code);
}

/** One entry of the catalogue of `ikescope hub` for a terminal. */
export function renderFleetEntry(code: FleetCode, width = 100, texts: Texts = ENGLISH): string {
  const rule = ruleOf(code);
  if (rule === undefined) return "";
  const { severity, title, explanation, signature, remedies } = rule;
  const lines = [
    `${code}  ${texts.of(severity)}`,
    ...wrap(texts.of(title), width, "  "),
    "",
    ...wrap(texts.of(explanation), width, "  "),
    "",
    ...wrap(texts.of(say`In the accounts of the gateways: ${signature}`), width, "  "),
    "",
    ...remedies.flatMap((remedy, index) => wrap(texts.of(remedy), width, "     ", `  ${index + 1}. `)),
  ];
  return `${lines.join("\n")}\n`;
}

/** All codes of `ikescope hub` with their titles, a line each; as wide as the list of the other findings. */
export function renderFleetList(texts: Texts = ENGLISH, width = 0): string {
  const longest = Math.max(width, ...FLEET_CODES.map((code) => code.length));
  return FLEET_RULES.toSorted((a, b) => FLEET_CODES.indexOf(a.code) - FLEET_CODES.indexOf(b.code))
    .map(
      ({ code, severity, title }) =>
        `${code.padEnd(longest)}  ${padBehind(texts.of(severity), 8)}  ${texts.of(title)}\n`,
    )
    .join("");
}

/** The same as the end of the page of the documentation. */
export function renderFleetMarkdown(texts: Texts = ENGLISH): string {
  const entries = FLEET_RULES.toSorted(
    (a, b) => FLEET_CODES.indexOf(a.code) - FLEET_CODES.indexOf(b.code),
  ).map(({ code, severity, title, explanation, signature, remedies }) => {
    const steps = remedies.map((remedy, index) => `${index + 1}. ${texts.of(remedy)}\n`).join("");
    const head = texts.of(say`${severity}: ${`**${texts.of(title)}**`}`);
    const accounts = texts.of(say`In the accounts of the gateways: ${signature}`);
    return `## ${code}\n\n${head}\n\n${texts.of(explanation)}\n\n${accounts}\n\n${steps}`;
  });
  return `\n# ${texts.of("Between gateways")}\n\n${texts.of("Findings of `ikescope hub`, which compares what the gateways at both ends of a tunnel count.")}\n\n${entries.join("\n")}`;
}
