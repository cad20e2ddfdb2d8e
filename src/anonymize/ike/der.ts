import { derElement, type DerElement, oidText, TAG } from "../../ike/asn1/der.js";
import { isKnownOid } from "../../ike/asn1/oids.js";
import type { Identifiers } from "../identifiers.js";

const CONSTRUCTED = 0x20;
const LONG_TAG = 0x1f;
/** Certificates nest a dozen levels deep. */
const DEEPEST = 32;
/** A version or a path length; a serial number or a key is longer. */
const SMALL_INTEGER = 2;
/** One more than a time has, so that a longer text is none. */
const LONGEST_TIME = 16;

/** Tags of times. */
const TIMES: ReadonlySet<number> = new Set([TAG.utcTime, TAG.generalizedTime]);
const TIME_TEXT = /^\d{10,14}Z$/;
/** Elements whose content has one length. */
const FIXED: ReadonlyMap<number, number> = new Map([
  [TAG.boolean, 1],
  [TAG.null, 0],
]);
/** Tags that list elements in a certificate: those before a broken one are read all the same. */
const LISTS: ReadonlySet<number> = new Set([TAG.sequence, TAG.set]);
const TEXTS: ReadonlySet<number> = new Set([
  TAG.utf8String,
  TAG.numericString,
  TAG.printableString,
  TAG.teletexString,
  TAG.ia5String,
  TAG.visibleString,
]);

/**
 * Replaces names, numbers, keys and signatures in a DER structure (a certificate, a distinguished name) that fills [start, end);
 * its form, its times and what is known by its number stay. What is no DER is replaced as a whole, and what is broken stays so:
 * who reads a certificate reads what is before the fault.
 */
export function rewriteDer(bytes: Uint8Array, start: number, end: number, identifiers: Identifiers): void {
  const view = bytes.subarray(start, end);
  if (beginsAsCertificate(view) || isDer(view)) rewriteElements(view, identifiers, 0);
  else identifiers.content(bytes, start, end);
}

/** A sequence that begins with a sequence, as certificates do, or with a set, as names do; digits of a text hardly ever read so. */
function beginsAsCertificate(bytes: Uint8Array): boolean {
  const outer = derElement(bytes);
  if (outer?.tag !== TAG.sequence) return false;
  const inner = derElement(outer.content);
  return inner?.tag === TAG.sequence || inner?.tag === TAG.set;
}

/** `bytes` is a view, so that what is replaced in it is replaced in the packet. */
function rewriteElements(bytes: Uint8Array, identifiers: Identifiers, depth: number): void {
  for (let at = 0; at < bytes.length;) {
    const element = derElement(bytes, at);
    if (element === null) {
      identifiers.content(bytes, at, bytes.length);
      // A tag of several bytes, which no reader takes.
      bytes[at] = (bytes[at] as number) | LONG_TAG;
      return;
    }
    rewriteElement(element, identifiers, depth);
    at = element.end;
  }
}

function rewriteElement({ tag, content }: DerElement, identifiers: Identifiers, depth: number): void {
  const { length } = content;
  const holdsMore =
    (length > 0 && LISTS.has(tag)) ||
    (((tag & CONSTRUCTED) !== 0 || tag === TAG.octetString) && isDer(content));
  if (holdsMore && depth < DEEPEST) rewriteElements(content, identifiers, depth + 1);
  else if (isKept(tag, content)) return;
  else if (tag === TAG.oid) {
    identifiers.content(content, 0, length);
    // Each byte an arc of its own: still an object identifier, of nobody.
    for (let at = 0; at < length; at++) content[at] = (content[at] as number) & 0x7f;
  } else if (TEXTS.has(tag)) identifiers.letters(content, 0, length);
  // The first byte tells how many bits of the last one are unused.
  else identifiers.content(content, tag === TAG.bitString ? 1 : 0, length);
}

/** Whether an element names nobody: numbers of the form itself, times, and OIDs of algorithms, extensions and attributes. */
function isKept(tag: number, content: Uint8Array): boolean {
  const { length } = content;
  if (tag === TAG.oid) return isKnownOid(oidText(content) ?? "");
  if (tag === TAG.integer) return length <= SMALL_INTEGER;
  if (TIMES.has(tag)) return TIME_TEXT.test(String.fromCharCode(...content.subarray(0, LONGEST_TIME)));
  return FIXED.get(tag) === length;
}

/** Whether the bytes are elements to their end, one at least. */
function isDer(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const element = derElement(bytes, at);
    if (element === null) return false;
    at = element.end;
  }
  return at > 0;
}
