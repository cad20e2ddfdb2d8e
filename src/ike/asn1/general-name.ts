import { addressText } from "../address-range.js";
import { derElement, oidText, type DerElement } from "./der.js";
import { distinguishedName } from "./name.js";

const LONGEST_TEXT = 256;
const utf8 = new TextDecoder();

/** The choices of a general name (RFC 5280 4.2.1.6) by context tag; the words are OpenSSL's. */
const CHOICES: ReadonlyMap<number, (element: DerElement) => string | null> = new Map([
  [0x81, ({ content }) => `email:${text(content)}`],
  [0x82, ({ content }) => `DNS:${text(content)}`],
  [0xa4, ({ content }) => prefixed("dirName", distinguishedName(content))],
  [0x86, ({ content }) => `URI:${text(content)}`],
  [0x87, ({ content }) => prefixed("IP", addressText(content))],
  [0x88, ({ content }) => prefixed("RID", oidText(content))],
]);

/** A DER general name such as "DNS:gw.example"; null where the bytes are none, or one of the rare choices. */
export function generalName(bytes: Uint8Array): string | null {
  const element = derElement(bytes);
  if (element === null || element.end !== bytes.length) return null;
  return CHOICES.get(element.tag)?.(element) ?? null;
}

function prefixed(word: string, value: string | null): string | null {
  return value === null ? null : `${word}:${value}`;
}

function text(content: Uint8Array): string {
  return utf8.decode(content.subarray(0, LONGEST_TEXT));
}
