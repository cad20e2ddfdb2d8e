import { u16At } from "../../bytes/reader.js";
import { PHASE1_ATTRIBUTES } from "../../ike/registries/attributes-v1.js";
import { PHASE2_ATTRIBUTES } from "../../ike/registries/ipsec-doi.js";
import type { Identifiers } from "../identifiers.js";
import type { BodyWindow, Replacements } from "./window.js";

const PROPOSAL_HEADER = 8;
const TRANSFORM_HEADER = 8;
const ATTRIBUTE_HEADER = 4;
const FIXED_FORM = 0x8000;
const ISAKMP = 1;
const IDENTITY_ONLY = 0x01;
/** A number of two bytes, and a lifetime of four. */
const NUMBER = 2;
const DURATION = 4;

/** Which attributes of transforms are numbers of the protocol, and which of them may have four bytes. */
interface AttributeNumbers {
  readonly known: ReadonlySet<number>;
  readonly duration: number | null;
}

/** RFC 7296 3.3.5: nothing but KEY_LENGTH. */
const ATTRIBUTES_V2: AttributeNumbers = { known: new Set([14]), duration: null };
const PHASE1: AttributeNumbers = { known: new Set(PHASE1_ATTRIBUTES.map(([type]) => type)), duration: 12 };
const PHASE2: AttributeNumbers = { known: new Set(PHASE2_ATTRIBUTES.map(([type]) => type)), duration: 2 };

/** Attributes of IKEv1 by the protocol of their proposal: those of phase 1 (RFC 2409 A) or of phase 2 (RFC 2407 4.5). */
export function attributesV1(protocol: number): AttributeNumbers {
  return protocol === ISAKMP ? PHASE1 : PHASE2;
}

/** SA of IKEv2 (RFC 7296 3.3): algorithms stay, SPIs are replaced. */
export function rewriteSaV2({ bytes, start, end }: BodyWindow, replacements: Replacements): void {
  rewriteProposals(bytes, start, end, 2, replacements);
}

/** SA of IKEv1 (RFC 2408 3.4): the same behind DOI and situation. */
export function rewriteSaV1({ bytes, start, end }: BodyWindow, replacements: Replacements): void {
  const proposals = Math.min(end, start + 8);
  bytes.fill(0, Math.min(end, start + 4), Math.max(start, proposals - 1));
  if (end >= start + 8) bytes[proposals - 1] = (bytes[proposals - 1] as number) & IDENTITY_ONLY;
  rewriteProposals(bytes, proposals, end, 1, replacements);
}

function rewriteProposals(
  bytes: Uint8Array,
  start: number,
  end: number,
  version: 1 | 2,
  replacements: Replacements,
): void {
  let at = start;
  while (end - at >= PROPOSAL_HEADER) {
    const length = u16At(bytes, at + 2);
    const proposalEnd = Math.min(end, at + Math.max(length, PROPOSAL_HEADER));
    const spiEnd = Math.min(proposalEnd, at + PROPOSAL_HEADER + (bytes[at + 6] as number));
    const numbers = version === 2 ? ATTRIBUTES_V2 : attributesV1(bytes[at + 5] as number);
    // Reserved.
    replacements.identifiers.reserved(bytes, at + 1, at + 2);
    replacements.identifiers.spi(bytes, at + PROPOSAL_HEADER, spiEnd);
    rewriteTransforms(bytes, spiEnd, proposalEnd, version, numbers, replacements);
    at = proposalEnd;
  }
  replacements.identifiers.content(bytes, at, end);
}

function rewriteTransforms(
  bytes: Uint8Array,
  start: number,
  end: number,
  version: 1 | 2,
  numbers: AttributeNumbers,
  { identifiers }: Replacements,
): void {
  let at = start;
  while (end - at >= TRANSFORM_HEADER) {
    const transformEnd = Math.min(end, at + Math.max(u16At(bytes, at + 2), TRANSFORM_HEADER));
    // Reserved.
    identifiers.reserved(bytes, at + 1, at + 2);
    if (version === 2) identifiers.reserved(bytes, at + 5, at + 6);
    else identifiers.reserved(bytes, at + 6, at + 8);
    rewriteAttributes(bytes, at + TRANSFORM_HEADER, transformEnd, numbers, identifiers);
    at = transformEnd;
  }
  identifiers.content(bytes, at, end);
}

/** Attributes of transforms: numbers that are known stay. */
export function rewriteAttributes(
  bytes: Uint8Array,
  start: number,
  end: number,
  { known, duration }: AttributeNumbers,
  identifiers: Identifiers,
): void {
  let at = start;
  while (end - at >= ATTRIBUTE_HEADER) {
    const type = u16At(bytes, at) & ~FIXED_FORM;
    const isFixed = (u16At(bytes, at) & FIXED_FORM) !== 0;
    const value = at + (isFixed ? 2 : ATTRIBUTE_HEADER);
    const valueEnd = value + (isFixed ? NUMBER : u16At(bytes, at + 2));
    if (!isFixed && u16At(bytes, at + 2) > end - value) break;
    const longest = type === duration ? DURATION : NUMBER;
    if (!known.has(type) || valueEnd - value > longest) identifiers.content(bytes, value, valueEnd);
    at = valueEnd;
  }
  identifiers.content(bytes, at, end);
}
