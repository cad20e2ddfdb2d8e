import { ipv4At, ipv6At } from "../../bytes/address.js";
import { DecodeError, describeProblem } from "../../bytes/problem.js";
import { ByteReader } from "../../bytes/reader.js";
import { readAttribute } from "../payloads/attributes.js";
import { attributeFields, type AttributeNames } from "./attributes.js";
import { capped, hexText, plainText, type Field } from "./field.js";

const IPV4_LENGTH = 4;
const IPV6_LENGTH = 16;

/**
 * Reads fields one after the other, each with its offset, for data whose form is only of use to people. Strict inside:
 * a read past the end throws DecodeError, which {@link readFields} turns into a field.
 */
export class FieldReader {
  readonly fields: Field[] = [];
  readonly #reader: ByteReader;
  /** Offset in the message of the first byte of the data. */
  readonly #base: number;

  constructor(bytes: Uint8Array, base: number) {
    this.#reader = new ByteReader(bytes, "IKE payload length");
    this.#base = base;
  }

  get remaining(): number {
    return this.#reader.remaining;
  }

  /** Offset in the message of the next byte. */
  get offset(): number {
    return this.#base + this.#reader.offset;
  }

  /** An unsigned number of `size` bytes. */
  number(name: string, size: 1 | 2 | 3 | 4, show: (value: number) => string = String): number {
    const { offset } = this;
    const value = this.#unsigned(name, size);
    this.fields.push({ name, value: show(value), offset, length: size });
    return value;
  }

  /** The next `length` bytes; all that are left where it is not given. */
  data(name: string, length = this.remaining, show: (bytes: Uint8Array) => string = hexText): Uint8Array {
    const { offset } = this;
    const bytes = this.#reader.take(length, name);
    this.fields.push({ name, value: show(bytes), offset, length });
    return bytes;
  }

  text(name: string, length = this.remaining): void {
    this.data(name, length, plainText);
  }

  ipv4(name: string): void {
    this.data(name, IPV4_LENGTH, (bytes) => ipv4At(bytes, 0));
  }

  ipv6(name: string): void {
    this.data(name, IPV6_LENGTH, (bytes) => ipv6At(bytes, 0));
  }

  /** The data attributes that fill the rest (RFC 2408 3.3). */
  attributes(names: AttributeNames): void {
    while (this.remaining > 0) {
      const { offset } = this;
      this.fields.push(...attributeFields([readAttribute(this.#reader)], offset, names));
    }
  }

  /** Reserved bytes, which are shown where they are not zero. */
  skip(length: number, what: string): void {
    const { offset } = this;
    const bytes = this.#reader.take(length, what);
    if (bytes.some((byte) => byte !== 0)) {
      this.fields.push({ name: "Reserved", value: hexText(bytes), offset, length });
    }
  }

  add(field: Field): void {
    this.fields.push(field);
  }

  #unsigned(name: string, size: 1 | 2 | 3 | 4): number {
    if (size === 1) return this.#reader.u8(name);
    if (size === 2) return this.#reader.u16(name);
    return size === 3 ? this.#reader.u24(name) : this.#reader.u32(name);
  }
}

/** Reads the fields of data that begins at offset `base` of the message. */
export type FieldsOf = (reader: FieldReader) => void;

/**
 * The fields that `read` finds in the data, and whatever contradicts its form: a "Malformed" field where it is too
 * short, "Left over" where bytes remain. Never throws on any data.
 */
export function readFields(bytes: Uint8Array, base: number, read: FieldsOf): Field[] {
  const reader = new FieldReader(bytes, base);
  try {
    read(reader);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    reader.add({ name: "Malformed", value: describeProblem(error.problem) });
  }
  if (reader.remaining > 0) reader.data("Left over");
  return capped(reader.fields);
}
