const CIPHERS = "(?:AES|CHACHA20|CAMELLIA|3DES|DES|NULL|BLOWFISH|CAST|SERPENT|TWOFISH|HMAC|PRF)";

function suites(): string {
  const one = `(?:(?:IKE|ESP|AH):)?${CIPHERS}[A-Z0-9_]{0,40}(?:[/-][A-Z0-9_]{1,40}){0,12}`;
  return `${one}(?:, ${one}){0,40}`;
}

/**
 * What may stand in a place of a template, by how it is written. A redactor knows by the same names what it has to replace, so
 * that nothing is let through that nobody has thought of.
 */
const PLACES = {
  /** Address with its port in brackets. */
  endpoint: String.raw`[0-9a-fA-F.:%]{2,60}\[\d{1,5}\]`,
  /** Address with its port behind a colon. */
  colonpoint: String.raw`\[?[0-9a-fA-F.:%]{2,60}?\]?:(?:UDP\/|TCP\/)?\d{1,5}`,
  address: String.raw`(?:[0-9a-fA-F.:]{2,45}|%any6?)`,
  /** Address with an identity in brackets. */
  party: String.raw`[0-9a-fA-F.:]{2,45}\[[^\]]{0,300}\]`,
  /** Networks, each perhaps with protocol and port, parted by blanks. */
  nets: String.raw`(?:dynamic|[0-9a-fA-F.:]{2,45}(?:\/\d{1,3}|\.\.[0-9a-fA-F.:]{2,45})?)(?:\[[\w/-]{1,40}\])?(?: (?:dynamic|[0-9a-fA-F.:]{2,45}(?:\/\d{1,3}|\.\.[0-9a-fA-F.:]{2,45})?)(?:\[[\w/-]{1,40}\])?){0,40}`,
  number: String.raw`-?\d{1,20}`,
  decimal: String.raw`-?\d{1,12}(?:\.\d{1,9})?`,
  spi: String.raw`(?:0x)?[0-9a-f]{1,8}`,
  ikespi: String.raw`[0-9a-f]{16}`,
  hex: String.raw`(?:0x)?[0-9a-fA-F]{1,16}`,
  /** Name that somebody gave to a connection. */
  name: String.raw`[^\s\[\]{}<>|"',;]{1,255}`,
  /** An identity. */
  identity: String.raw`[^']{0,300}`,
  /** The same where it ends at a bracket. */
  bracketed: String.raw`[^\]]{0,300}`,
  /** Algorithms by their names, one suite or several. */
  suite: suites(),
  /** Payloads and notifies by the short names of charon: all in one place. */
  payloads: String.raw`[A-Za-z0-9_()/# .,:-]{0,2000}`,
  /** A word of the daemon's own, in capitals. */
  word: String.raw`[A-Z][A-Z0-9_]{1,60}`,
  exchange: String.raw`[A-Z][A-Z0-9_]{2,30}|ID_PROT|[A-Z]+`,
  /** A short word in small letters. */
  small: String.raw`[a-z][a-z0-9_-]{0,30}`,
  /** A time as a daemon writes it for people. */
  age: String.raw`\d{1,9}(?:\.\d+)? ?(?:s|ms|us|seconds?|minutes?|hours?|days?|weeks?)`,
  /** A day and a time in English: "Feb 01 00:00:00 2020", with "UTC" before the year or not. */
  date: String.raw`[A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} (?:UTC )?\d{4}`,
  /** Text that may be private: never shown where lines are passed on. */
  any: String.raw`.{0,1000}?`,
} as const;

type Place = keyof typeof PLACES;

/** One value that a template found, with where it stands. */
export interface Found {
  readonly name: string;
  readonly place: Place;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A line as a daemon prints it: literal text and places. */
export interface Template {
  readonly source: string;
  readonly pattern: RegExp;
  readonly places: readonly { readonly name: string; readonly place: Place }[];
  /** The literal text before the first place, to look for first. */
  readonly head: string;
}

const PLACE = /\{(?:(\w+):)?(\w+)\}/g;

/**
 * Compiles "sending packet: from {from:endpoint} to {to:endpoint}": what stands in braces is a place, everything else stands for
 * itself; "{{" is a brace. It matches whole lines alone, trailing blanks apart.
 */
function template(source: string): Template {
  const places: { name: string; place: Place }[] = [];
  let pattern = "";
  let from = 0;
  const plain = source.replaceAll("{{", "\u0001").replaceAll(/\}\}(?!\})/g, "\u0002");
  for (const match of plain.matchAll(PLACE)) {
    const place = match[2] ?? "";
    if (!isPlace(place)) throw new Error(`no such place as {${place}} in "${source}"`);
    pattern += `${literal(plain.slice(from, match.index))}(${PLACES[place]})`;
    places.push({ name: match[1] ?? place, place });
    from = match.index + match[0].length;
  }
  pattern += literal(plain.slice(from));
  const head = unbraced(plain.split("{")[0] ?? "");
  return { source, pattern: new RegExp(`^${pattern}\\s*$`, "d"), places, head };
}

/** The values of a line that the template describes; null where it does not. */
function matched({ pattern, places, head }: Template, text: string): Found[] | null {
  if (!text.startsWith(head)) return null;
  const match = pattern.exec(text);
  if (match === null) return null;
  return places.map(({ name, place }, index) => {
    const [start, end] = match.indices?.[index + 1] ?? [0, 0];
    return { name, place, text: match[index + 1] ?? "", start, end };
  });
}

/** Templates by the first character of their literal text, so that few are tried. */
export class TemplateTable<Value> {
  readonly #byFirst = new Map<string, { readonly template: Template; readonly value: Value }[]>();

  constructor(rows: readonly (readonly [string, Value])[]) {
    for (const [source, value] of rows) {
      const compiled = template(source);
      const first = compiled.head.slice(0, 1);
      const row = { template: compiled, value };
      const known = this.#byFirst.get(first);
      if (known === undefined) this.#byFirst.set(first, [row]);
      else known.push(row);
    }
  }

  /** The first row whose template describes the text. */
  find(text: string): { readonly value: Value; readonly found: readonly Found[] } | null {
    for (const key of [text.slice(0, 1), ""]) {
      for (const { template: candidate, value } of this.#byFirst.get(key) ?? []) {
        const found = matched(candidate, text);
        if (found !== null) return { value, found };
      }
    }
    return null;
  }
}

function isPlace(name: string): name is Place {
  return Object.hasOwn(PLACES, name);
}

function unbraced(text: string): string {
  return text.replaceAll("\u0001", "{").replaceAll("\u0002", "}");
}

function literal(text: string): string {
  return unbraced(text).replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
