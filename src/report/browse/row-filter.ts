import { addressBytes, ipv4At, ipv6At } from "../../bytes/address.js";
import type { TunnelRow } from "./tunnel-row.js";
import { listed, verbatim, say, type Message } from "../../texts/message.js";

/** How a value that is asked for is compared with those of a tunnel. */
type Comparison = "equal" | "part" | "beginning";

interface RowAttribute {
  readonly meaning: string;
  readonly comparison: Comparison;
  /** The values that a tunnel has, as {@link plainValue} writes them. */
  readonly of: (row: TunnelRow) => readonly string[];
}

/** The value of tunnels that have none. */
export const NO_CAUSE = "none";
export const NO_PRODUCT = "unknown";

/** The attributes of a tunnel: one table for filters and their help. */
export const ROW_ATTRIBUTES: ReadonlyMap<string, RowAttribute> = new Map<string, RowAttribute>([
  ["status", { meaning: "failing, healthy and so on", comparison: "equal", of: ({ status }) => [status] }],
  [
    "cause",
    {
      meaning: "code of a finding, or a part of it; none for tunnels without one",
      comparison: "part",
      of: ({ causes }) => (causes.length === 0 ? [NO_CAUSE] : causes),
    },
  ],
  [
    "product",
    {
      meaning: "software of either end, or a part of its name; unknown if nothing shows it",
      comparison: "part",
      of: ({ products }) => (products.length === 0 ? [NO_PRODUCT] : products.map(plainValue)),
    },
  ],
  ["peer", { meaning: "address of either end", comparison: "equal", of: ({ addresses }) => addresses }],
  [
    "spi",
    { meaning: "SPI of IKE or ESP, or how it begins", comparison: "beginning", of: ({ spis }) => spis },
  ],
  [
    "phase",
    {
      meaning: "where it fails, such as IKE_AUTH",
      comparison: "equal",
      of: ({ phase }) => (phase === null ? [] : [phase.toLowerCase()]),
    },
  ],
  [
    "version",
    {
      meaning: "IKE version, 1 or 2",
      comparison: "equal",
      of: ({ version }) => (version === null ? [] : [String(version)]),
    },
  ],
  ["tunnel", { meaning: "number of the tunnel", comparison: "equal", of: ({ id }) => [String(id)] }],
]);

/** A filter of the table; `problem` says why it lets nothing through, and is null otherwise. */
export interface RowFilter {
  readonly matches: (row: TunnelRow) => boolean;
  readonly problem: Message | null;
}

type Test = (row: TunnelRow) => boolean;

/**
 * Reads a filter such as "10.1. status=failing cause!=peer-silent product=strongswan|libreswan": words that must all be
 * found in what is known of a tunnel, and terms that must all hold. A term that is not typed to its end asks for nothing.
 */
export function rowFilter(text: string): RowFilter {
  const tests: Test[] = [];
  for (const word of wordsOf(text)) {
    const term = termOf(word);
    if (term === null) tests.push(({ words }) => words.includes(word));
    else if ("problem" in term) return { matches: () => false, problem: term.problem };
    else if (term.values.length > 0) tests.push(testOf(term));
  }
  return { matches: (row) => tests.every((test) => test(row)), problem: null };
}

/** The words and terms of a filter, lower case. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== "");
}

/** A value as a term of a filter writes it: lower case, and no blanks. */
export function plainValue(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s,|]+/g, "-");
}

interface Term {
  readonly attribute: RowAttribute;
  readonly isNegated: boolean;
  readonly values: readonly string[];
}

/** The error of a term whose name no attribute has. */
interface UnknownTerm {
  readonly problem: Message;
}

/** Null for a plain word. */
function termOf(word: string): Term | UnknownTerm | null {
  const [, name, operator = "", rest = ""] = /^([a-z_-]+)(!?=)(.*)$/.exec(word) ?? [];
  if (name === undefined) return null;
  const attribute = ROW_ATTRIBUTES.get(name);
  if (attribute === undefined) {
    return {
      problem: say`there is nothing called "${verbatim(name)}" to filter by; there are ${listed([...ROW_ATTRIBUTES.keys()].map(verbatim))}`,
    };
  }
  const values = rest
    .split("|")
    .filter((value) => value !== "")
    .map((value) => (name === "peer" ? canonical(value) : name === "spi" ? value.replace(/^0x/, "") : value));
  return { attribute, isNegated: operator === "!=", values };
}

function testOf({ attribute: { of, comparison }, isNegated, values }: Term): Test {
  return (row) => isNegated !== of(row).some((own) => values.some((value) => holds(own, value, comparison)));
}

function holds(own: string, value: string, comparison: Comparison): boolean {
  switch (comparison) {
    case "equal":
      return own === value;
    case "part":
      return own.includes(value);
    case "beginning":
      return own.startsWith(value);
  }
}

/** The address as the model writes it; what is none stays as it is, and matches nothing. */
function canonical(text: string): string {
  const bytes = addressBytes(text);
  if (bytes === null) return text;
  return bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
}
