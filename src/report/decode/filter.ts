import type { FrameRef } from "../../bytes/frame.js";
import type { SeenMessage } from "../../session/transmission.js";
import { type Attribute, ATTRIBUTES } from "./attributes.js";

/** Decides whether a message is shown. */
export type MessageFilter = (seen: SeenMessage) => boolean;

/** A filter expression, read but not yet bound to what findings cite. */
export interface FilterExpression {
  /** Codes of findings whose frames are asked for; empty where none is. */
  readonly findings: readonly string[];
  /** The filter; `citedBy` gives the frames that findings of a code cite. */
  readonly bind: (citedBy: (code: string) => ReadonlySet<FrameRef>) => MessageFilter;
}

/** A filter expression that cannot be read; the message says why. */
export class FilterError extends Error {}

type Term = (seen: SeenMessage, citedBy: (code: string) => ReadonlySet<FrameRef>) => boolean;

const FINDING = "finding";

/**
 * Reads an expression such as "peer=192.0.2.10 exchange=IKE_AUTH|INFORMATIONAL notify!=COOKIE": terms separated by
 * blanks or commas, all of which must hold; alternatives of a value separated by "|"; upper and lower case are the
 * same. Throws {@link FilterError} for anything else.
 */
export function parseFilter(expression: string): FilterExpression {
  const findings: string[] = [];
  const terms = expression
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => parseTerm(word, findings));
  if (terms.length === 0) throw new FilterError("the filter is empty");
  return { findings, bind: (citedBy) => (seen) => terms.every((term) => term(seen, citedBy)) };
}

/** The words that a filter may ask for and what they mean, for help texts. */
export function filterTerms(): readonly (readonly [term: string, meaning: string])[] {
  return [
    ...Object.entries(ATTRIBUTES).map(([name, { meaning }]) => [`${name}=`, meaning] as const),
    [`${FINDING}=`, "code of a finding: the frames that it cites"],
  ];
}

function parseTerm(word: string, findings: string[]): Term {
  const match = /^([a-z]+)(!?=)(.+)$/i.exec(word);
  const [, name = "", operator = "", value = ""] = match ?? [];
  if (match === null) throw new FilterError(`"${word}" is not of the form name=value`);
  const wanted = value.toLowerCase().split("|");
  const isNegated = operator === "!=";
  if (name.toLowerCase() === FINDING) {
    findings.push(...wanted);
    return ({ sighting }, citedBy) =>
      isNegated !== wanted.some((code) => sighting.frames.some((frame) => citedBy(code).has(frame)));
  }
  const attribute = ATTRIBUTES[name.toLowerCase()];
  if (attribute === undefined) {
    throw new FilterError(
      `there is nothing called "${name}"; there are ${Object.keys(ATTRIBUTES).join(", ")} and ${FINDING}`,
    );
  }
  return (seen) => isNegated !== holds(attribute, seen, wanted);
}

function holds(attribute: Attribute, seen: SeenMessage, wanted: readonly string[]): boolean {
  const values = attribute.values(seen).map((value) => value.toLowerCase());
  return wanted.some((want) =>
    values.some((value) => (attribute.prefix === true ? value.startsWith(want) : value === want)),
  );
}
