import { u16At } from "../../bytes/reader.js";
import type { BodyWindow, Means } from "./window.js";

const PROPOSAL_HEADER = 8;
const TRANSFORM_HEADER = 8;
const ATTRIBUTE_HEADER = 4;
const FIXED_FORM = 0x8000;
/** A lifetime has four bytes, seldom eight; what is longer is no algorithm. */
const LONGEST_VALUE = 8;

/** SA of IKEv2 (RFC 7296 3.3): algorithms stay, SPIs are replaced. */
export function rewriteSaV2({ bytes, start, end }: BodyWindow, means: Means): void {
  rewriteProposals(bytes, start, end, means);
}

/** SA of IKEv1 (RFC 2408 3.4): the same behind DOI and situation. */
export function rewriteSaV1({ bytes, start, end }: BodyWindow, means: Means): void {
  rewriteProposals(bytes, Math.min(end, start + 8), end, means);
}

function rewriteProposals(bytes: Uint8Array, start: number, end: number, means: Means): void {
  let at = start;
  while (end - at >= PROPOSAL_HEADER) {
    const length = u16At(bytes, at + 2);
    const proposalEnd = Math.min(end, at + Math.max(length, PROPOSAL_HEADER));
    const spiEnd = Math.min(proposalEnd, at + PROPOSAL_HEADER + (bytes[at + 6] as number));
    means.identifiers.spi(bytes, at + PROPOSAL_HEADER, spiEnd);
    rewriteTransforms(bytes, spiEnd, proposalEnd, means);
    at = proposalEnd;
  }
  means.identifiers.content(bytes, at, end);
}

function rewriteTransforms(bytes: Uint8Array, start: number, end: number, means: Means): void {
  let at = start;
  while (end - at >= TRANSFORM_HEADER) {
    const transformEnd = Math.min(end, at + Math.max(u16At(bytes, at + 2), TRANSFORM_HEADER));
    rewriteAttributes(bytes, at + TRANSFORM_HEADER, transformEnd, means);
    at = transformEnd;
  }
  means.identifiers.content(bytes, at, end);
}

/** Attributes of transforms: numbers stay. */
function rewriteAttributes(bytes: Uint8Array, start: number, end: number, means: Means): void {
  let at = start;
  while (end - at >= ATTRIBUTE_HEADER) {
    if ((u16At(bytes, at) & FIXED_FORM) !== 0) {
      at += ATTRIBUTE_HEADER;
      continue;
    }
    const valueEnd = Math.min(end, at + ATTRIBUTE_HEADER + u16At(bytes, at + 2));
    if (valueEnd - at - ATTRIBUTE_HEADER > LONGEST_VALUE) {
      means.identifiers.content(bytes, at + ATTRIBUTE_HEADER, valueEnd);
    }
    at = valueEnd;
  }
  means.identifiers.content(bytes, at, end);
}
