import { closestWord } from "../../bytes/closest.js";
import type { FrameRef } from "../../bytes/frame.js";
import { CODES, isCode } from "../catalogue.js";
import { ATTRIBUTES, type Filtered, type MessageFilter } from "./attributes.js";
import { FilterError } from "./filter-values.js";
import { listed, verbatim, say } from "../../texts/message.js";

/** A filter expression, read but not yet bound to what findings cite. */
export interface FilterExpression {
  /** Codes of findings whose frames are asked for; empty where none is. */
  readonly findings: readonly string[];
  /** Names of the attributes that are asked for, each once. */
  readonly attributes: readonly string[];
  /** The filter; `citedBy` gives the frames that findings of a code cite. */
  readonly bind: (citedBy: (code: string) => ReadonlySet<FrameRef>) => MessageFilter;
}

type CitedBy = (code: string) => ReadonlySet<FrameRef>;
type Term = (seen: Filtered, citedBy: CitedBy) => boolean;

const FINDING = "finding";

/**
 * Reads an expression such as "peer=192.0.2.10 exchange=IKE_AUTH|INFORMATIONAL notify!=COOKIE": terms separated by
 * blanks or commas, all of which must hold; alternatives of a value separated by "|"; upper and lower case are the
 * same. Throws {@link FilterError} for anything else, values that no message can have among it.
 */
export function parseFilter(expression: string): FilterExpression {
  const findings: string[] = [];
  const attributes = new Set<string>();
  const terms = expression
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => parseTerm(word, findings, attributes));
  if (terms.length === 0) throw new FilterError("the filter is empty");
  return {
    findings,
    attributes: [...attributes],
    bind: (citedBy) => (seen) => terms.every((term) => term(seen, citedBy)),
  };
}

/** The words that a filter may ask for and what they mean, for help texts. */
export function filterTerms(): readonly (readonly [term: string, meaning: string])[] {
  return [
    ...[...ATTRIBUTES].map(([name, { meaning }]) => [`${name}=`, meaning] as const),
    [`${FINDING}=`, "code of a finding: the frames that it cites"],
  ];
}

function parseTerm(word: string, findings: string[], attributes: Set<string>): Term {
  const match = /^([a-z_]+)(!?=)(.+)$/i.exec(word);
  const [, name = "", operator = "", value = ""] = match ?? [];
  if (match === null) throw new FilterError(say`"${verbatim(word)}" is not of the form name=value`);
  if (ATTRIBUTES.has(name.toLowerCase())) attributes.add(name.toLowerCase());
  const isNegated = operator === "!=";
  const wanted = value.split("|").map((text) => parseValue(name, text, findings));
  return (seen, citedBy) => isNegated !== wanted.some((holds) => holds(seen, citedBy));
}

function parseValue(name: string, text: string, findings: string[]): Term {
  if (name.toLowerCase() === FINDING) {
    const code = readCode(text);
    findings.push(code);
    return ({ sighting }, citedBy) => sighting.frames.some((frame) => citedBy(code).has(frame));
  }
  const attribute = ATTRIBUTES.get(name.toLowerCase());
  if (attribute !== undefined) return attribute.has(text);
  throw new FilterError(
    say`there is nothing called "${verbatim(name)}"; there are ${listed([...ATTRIBUTES.keys()].map(verbatim))} and ${verbatim(FINDING)}`,
  );
}

function readCode(text: string): string {
  const code = text.toLowerCase();
  if (isCode(code)) return code;
  const meant = closestWord(code, CODES);
  const hint = meant === null ? "" : say`; did you mean ${meant}?`;
  throw new FilterError(
    say`there is no finding "${verbatim(text)}"${hint} (ikescope explain lists them all)`,
  );
}
