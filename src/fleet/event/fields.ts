import { fromIsoTime, type Micros } from "../../bytes/time.js";

/** Strings and lists of an event are no longer than this, whatever a sender writes. */
const LONGEST_TEXT = 256;
const LONGEST_LIST = 1024;

/** An event that is not as the schema has it; the message names the field. */
export class EventFault extends Error {}

/** Reads the fields of one JSON object, each with its type; throws EventFault with the path of what does not fit. */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw fault(path, "an object");
    this.#object = value as Readonly<Record<string, unknown>>;
    this.#path = path;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  text(name: string): string {
    return textIn(this.#get(name), this.#pathOf(name));
  }

  textOrNull(name: string): string | null {
    return this.#get(name) === null ? null : this.text(name);
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const found = values.find((value) => value === this.#get(name));
    if (found === undefined) throw fault(this.#pathOf(name), values.join(", "));
    return found;
  }

  oneOfOrNull<T extends string>(name: string, values: readonly T[]): T | null {
    return this.#get(name) === null ? null : this.oneOf(name, values);
  }

  /** A whole number from 0 on. */
  count(name: string): number {
    return countIn(this.#get(name), this.#pathOf(name));
  }

  /** Several whole numbers under their own names. */
  counts<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, number>> {
    return recordOf(names, (name) => this.count(name));
  }

  countOrNull(name: string): number | null {
    return this.#get(name) === null ? null : this.count(name);
  }

  flag(name: string): boolean {
    const value = this.#get(name);
    if (typeof value !== "boolean") throw fault(this.#pathOf(name), "true or false");
    return value;
  }

  flags<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, boolean>> {
    return recordOf(names, (name) => this.flag(name));
  }

  flagOrNull(name: string): boolean | null {
    return this.#get(name) === null ? null : this.flag(name);
  }

  time(name: string): Micros {
    const time = fromIsoTime(this.text(name));
    if (time === null) throw fault(this.#pathOf(name), "a time");
    return time;
  }

  timeOrNull(name: string): Micros | null {
    return this.#get(name) === null ? null : this.time(name);
  }

  /** The SPI of ESP or AH. */
  spi(name: string): number {
    const text = this.text(name);
    if (!/^0x[0-9a-f]{8}$/.test(text)) throw fault(this.#pathOf(name), "an SPI of 32 bits");
    return Number.parseInt(text, 16);
  }

  spiOrNull(name: string): number | null {
    return this.#get(name) === null ? null : this.spi(name);
  }

  /** A text of which every character is allowed and nothing is left over. */
  matching(name: string, pattern: RegExp): string {
    const text = this.text(name);
    if (!pattern.test(text)) throw fault(this.#pathOf(name), String(pattern));
    return text;
  }

  object<T>(name: string, read: (fields: Fields) => T): T {
    return read(new Fields(this.#get(name), this.#pathOf(name)));
  }

  objectOrNull<T>(name: string, read: (fields: Fields) => T): T | null {
    return this.#get(name) === null ? null : this.object(name, read);
  }

  objects<T>(name: string, read: (fields: Fields) => T): T[] {
    return this.#list(name).map((value, at) => read(new Fields(value, `${this.#pathOf(name)}[${at}]`)));
  }

  texts(name: string): string[] {
    return this.#list(name).map((value, at) => textIn(value, `${this.#pathOf(name)}[${at}]`));
  }

  pair<T>(name: string, read: (value: unknown, path: string) => T): readonly [T, T] {
    return pairIn(this.#get(name), this.#pathOf(name), read);
  }

  pairs(name: string): (readonly [number, number])[] {
    return this.#list(name).map((value, at) => pairIn(value, `${this.#pathOf(name)}[${at}]`, countIn));
  }

  /** An object of texts by names. */
  dictionary(name: string): Readonly<Record<string, string>> {
    const value = this.#get(name);
    const path = this.#pathOf(name);
    const fields = new Fields(value, path);
    const names = Object.keys(fields.#object);
    if (names.length > LONGEST_LIST) throw fault(path, "fewer entries");
    return Object.fromEntries(names.map((key) => [textIn(key, path), fields.text(key)]));
  }

  #get(name: string): unknown {
    return this.has(name) ? this.#object[name] : undefined;
  }

  #list(name: string): readonly unknown[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length > LONGEST_LIST) throw fault(this.#pathOf(name), "a list");
    return value;
  }

  #pathOf(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

export function textIn(value: unknown, path: string): string {
  if (typeof value !== "string" || value.length > LONGEST_TEXT) throw fault(path, "a text");
  return value;
}

export function textOrNullIn(value: unknown, path: string): string | null {
  return value === null ? null : textIn(value, path);
}

function recordOf<Name extends string, Value>(
  names: readonly Name[],
  read: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, Value>;
}

function countIn(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw fault(path, "a count");
  return value;
}

function pairIn<T>(value: unknown, path: string, read: (value: unknown, path: string) => T): readonly [T, T] {
  if (!Array.isArray(value) || value.length !== 2) throw fault(path, "two values");
  return [read(value[0], path), read(value[1], path)];
}

function fault(path: string, wanted: string): EventFault {
  return new EventFault(`${path === "" ? "the event" : path} is not ${wanted}`);
}
