import { toHex } from "../../bytes/hex.js";
import { derElement, derElements, oidText, TAG, type DerElement } from "./der.js";
import { NAME_ATTRIBUTES } from "./oids.js";

/** Characters of a whole name; longer ones are cut. */
const LONGEST_NAME = 256;

const utf8 = new TextDecoder();

/** Bytes per character of the fixed-width string types, which a packet may still hold. */
const WIDTHS: ReadonlyMap<number, number> = new Map([
  [TAG.bmpString, 2],
  [TAG.universalString, 4],
]);

const TEXT_TAGS: readonly number[] = [
  TAG.utf8String,
  TAG.numericString,
  TAG.printableString,
  TAG.ia5String,
  TAG.visibleString,
];

/**
 * A DER distinguished name (RFC 5280 4.1.2.4) in the order of its encoding, attributes and escapes as RFC 4514 writes
 * them: "C=DE, O=Example, CN=gw.example". RFC 4514 would reverse the order; IKE daemons log it this way. Cut at 256
 * characters. Null where the bytes are no name. Never throws.
 */
export function distinguishedName(bytes: Uint8Array): string | null {
  const outer = derElement(bytes);
  if (outer?.tag !== TAG.sequence || outer.end !== bytes.length) return null;
  const sets = derElements(outer.content);
  if (sets === null) return null;
  const parts: string[] = [];
  for (const set of sets) {
    const text = set.tag === TAG.set ? relativeName(set) : null;
    if (text === null) return null;
    parts.push(text);
  }
  const name = parts.join(", ");
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** One relative name: attributes that belong together are joined by "+". */
function relativeName(set: DerElement): string | null {
  const pairs = derElements(set.content);
  if (pairs === null || pairs.length === 0) return null;
  const texts: string[] = [];
  for (const pair of pairs) {
    const [type, value] = (pair.tag === TAG.sequence ? derElements(pair.content) : null) ?? [];
    const oid = type?.tag === TAG.oid ? oidText(type.content) : null;
    if (oid === null || value === undefined) return null;
    texts.push(`${NAME_ATTRIBUTES.get(oid) ?? oid}=${valueText(value)}`);
  }
  return texts.join("+");
}

/** The value of an attribute, cut before it is escaped. */
function valueText({ tag, content }: DerElement): string {
  const start = content.subarray(0, LONGEST_NAME * 4);
  if (TEXT_TAGS.includes(tag)) return escaped(utf8.decode(start));
  const width = WIDTHS.get(tag);
  if (width !== undefined) return escaped(wideText(start, width));
  return tag === TAG.teletexString ? escaped(latin1(start)) : `#${toHex(start)}`;
}

function wideText(bytes: Uint8Array, width: number): string {
  let text = "";
  for (let at = 0; at + width <= bytes.length; at += width) {
    let code = 0;
    for (let index = 0; index < width; index++) code = code * 256 + (bytes[at + index] as number);
    text += code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  }
  return text;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** RFC 4514 2.4. */
function escaped(text: string): string {
  return text.replaceAll(/["+,;<>\\]/g, String.raw`\$&`).replaceAll(/^[ #]| $/g, String.raw`\$&`);
}
