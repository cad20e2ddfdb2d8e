import { derElement, type DerElement, TAG } from "../../ike/asn1/der.js";
import type { Identifiers } from "../identifiers.js";

const CONSTRUCTED = 0x20;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
/** Certificates nest a dozen levels deep. */
const DEEPEST = 32;
/** A version or a path length; a serial number or a key is longer. */
const SMALL_INTEGER = 2;

/** What says of which kind a thing is, and for how long it holds. */
const KEPT: ReadonlySet<number> = new Set([TAG.boolean, TAG.null, TAG.oid, UTC_TIME, GENERALIZED_TIME]);
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
 * its form, its algorithms and its times stay. What is no DER is replaced as a whole.
 */
export function rewriteDer(bytes: Uint8Array, start: number, end: number, identifiers: Identifiers): void {
  if (!isDer(bytes.subarray(start, end))) identifiers.content(bytes, start, end);
  else rewriteElements(bytes.subarray(start, end), identifiers, 0);
}

/** `bytes` is a view, so that what is replaced in it is replaced in the packet. */
function rewriteElements(bytes: Uint8Array, identifiers: Identifiers, depth: number): void {
  for (let at = 0; at < bytes.length;) {
    const element = derElement(bytes, at);
    if (element === null) return;
    rewriteElement(element, identifiers, depth);
    at = element.end;
  }
}

function rewriteElement({ tag, content }: DerElement, identifiers: Identifiers, depth: number): void {
  const { length } = content;
  const holdsMore = (tag & CONSTRUCTED) !== 0 || (tag === TAG.octetString && isDer(content));
  if (holdsMore && depth < DEEPEST) rewriteElements(content, identifiers, depth + 1);
  else if (KEPT.has(tag) || (tag === TAG.integer && length <= SMALL_INTEGER)) return;
  else if (TEXTS.has(tag)) identifiers.letters(content, 0, length);
  // The first byte tells how many bits of the last one are unused.
  else identifiers.content(content, tag === TAG.bitString ? 1 : 0, length);
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
