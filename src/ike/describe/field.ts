import { toHex } from "../../bytes/hex.js";

/**
 * One line of a message's tree: a field in the RFCs' words. `offset` counts from the start of the IKE message, or of the
 * plaintext for payloads that were decrypted; `length` in bytes. `value` may hold text from the packet: whoever prints it
 * escapes it. It is empty where the children say all.
 */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly offset?: number;
  readonly length?: number;
  readonly children?: readonly Field[];
}

/** Longest text of a value, characters. */
const LONGEST_TEXT = 256;

/** Bytes of data that a value shows in hex. */
const LONGEST_HEX = 32;

/** A message of 64 KiB can hold 65,000 SPIs of a byte; nobody reads that many. */
const MOST_CHILDREN = 256;

/** UTF-8 takes at most four bytes for a character. */
const LONGEST_UTF8 = LONGEST_TEXT * 4;

const utf8 = new TextDecoder();

/** A number by its name: "NO_PROPOSAL_CHOSEN (14)"; names of unknown numbers hold the number already. */
export function numbered(name: string, number: number): string {
  return name.endsWith(`_${number}`) && /^(UNASSIGNED|PRIVATE_USE)_/.test(name)
    ? name
    : `${name} (${number})`;
}

/** Data in hex; of long data the beginning and the length. */
export function hexText(bytes: Uint8Array, most = LONGEST_HEX): string {
  if (bytes.length === 0) return "none";
  if (bytes.length <= most) return toHex(bytes);
  return `${toHex(bytes, 0, most)}… (${bytes.length} bytes)`;
}

/** Data that is text, not longer than a value may be. */
export function plainText(bytes: Uint8Array): string {
  return shortened(utf8.decode(bytes.subarray(0, LONGEST_UTF8)));
}

/** A text cut to what a value may have; never within a surrogate pair. */
export function shortened(text: string, most = LONGEST_TEXT): string {
  if (text.length <= most) return text;
  const code = text.charCodeAt(most - 2);
  return `${text.slice(0, code >= 0xd800 && code <= 0xdbff ? most - 2 : most - 1)}…`;
}

/** "1 byte", "20 bytes". */
export function byteCount(length: number): string {
  return length === 1 ? "1 byte" : `${length} bytes`;
}

/** The fields of a list, of a very long one the first and how many more there are. */
export function listed<Item>(
  items: readonly Item[],
  describe: (item: Item, index: number) => Field,
): Field[] {
  return capped(items.slice(0, MOST_CHILDREN).map(describe), items.length);
}

/** The first of very many fields, and how many there are in all; `count` where not all of them were made. */
export function capped(fields: Field[], count = fields.length): Field[] {
  if (count <= MOST_CHILDREN) return fields;
  return [...fields.slice(0, MOST_CHILDREN), { name: "More", value: `${count - MOST_CHILDREN} not shown` }];
}
