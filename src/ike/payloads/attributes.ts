import type { ByteReader } from "../../bytes/reader.js";
import type { TransformAttribute } from "./attribute.js";
import { declaredWindow } from "./decoder.js";

const FIXED_FORM = 0x8000;

/** Longest variable-length value that is also given as a number: 48 bits are exact in a double. */
const LONGEST_NUMBER = 6;

/** The attributes that fill the rest of a transform; RFC 7296 3.3.5 and RFC 2408 3.3 have the same form. */
export function readAttributes(reader: ByteReader): TransformAttribute[] {
  const attributes: TransformAttribute[] = [];
  while (reader.remaining > 0) attributes.push(readAttribute(reader));
  return attributes;
}

/** The next attribute: type and value of two bytes, or type, length and value. */
export function readAttribute(reader: ByteReader): TransformAttribute {
  const formAndType = reader.u16("attribute type");
  const type = formAndType & 0x7fff;
  if ((formAndType & FIXED_FORM) !== 0) {
    return { type, value: reader.u16("attribute value"), bytes: null };
  }
  const length = reader.u16("attribute length");
  const bytes = declaredWindow(reader, length, "IKE attribute length", "attribute value").rest();
  return { type, value: numberOf(bytes), bytes };
}

/** The value as a number, null where it is empty or does not fit one. */
export function numberOf(bytes: Uint8Array): number | null {
  if (bytes.length === 0 || bytes.length > LONGEST_NUMBER) return null;
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}
