/** Universal tags (X.680 8.6) that certificates and names use, with the constructed bit where it belongs. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One DER element: its tag byte, its content, and where the next one begins. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  /** Offset behind the element, in the bytes that it was read from. */
  readonly end: number;
}

/** Lengths of four bytes and more belong to no certificate. */
const MOST_LENGTH_BYTES = 3;

/** Elements of one level; a name of 64 KiB could hold 30,000 empty ones. */
const MOST_ELEMENTS = 256;

/** Arcs of 2^53 and more are not exact in a number; an OID of a packet that has one is not rendered. */
const LARGEST_ARC = 2 ** 46;

/**
 * The DER element at `at` (X.690 8.1); null where the bytes are none: a long-form tag, an indefinite length, or a length
 * that runs over the end. Never throws.
 */
export function derElement(bytes: Uint8Array, at = 0): DerElement | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > MOST_LENGTH_BYTES || start + count > bytes.length) return null;
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[start + index] as number);
    start += count;
  }
  const end = start + length;
  return end > bytes.length
    ? null
    : { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end), end };
}

/** The elements that fill `bytes`; null where they do not, or are too many. */
export function derElements(bytes: Uint8Array): DerElement[] | null {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = derElement(bytes, at);
    if (element === null || elements.length === MOST_ELEMENTS) return null;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

/** Dotted text of an object identifier's content (X.690 8.19); null where it is none. */
export function oidText(content: Uint8Array): string | null {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    if (arc > LARGEST_ARC) return null;
    arc = arc * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [head] = arcs;
  const last = content.at(-1);
  if (head === undefined || last === undefined || (last & 0x80) !== 0) return null;
  const root = Math.min(2, Math.floor(head / 40));
  return [root, head - root * 40, ...arcs.slice(1)].join(".");
}
