/**
 * A vendor ID that is known. `implementation` names who sends it, null where it only announces a feature that many
 * implement. `prefix`: the rest of the payload is a version or flags.
 */
export interface VendorIdRow {
  /** Lower-case hex. */
  readonly id: string;
  readonly name: string;
  readonly implementation: string | null;
  readonly prefix: boolean;
  /** Length of the whole payload body in bytes, where a short prefix alone would match too much. */
  readonly length?: number;
  /** Text whose MD5 begins with `id`; the tests recompute it. */
  readonly md5Of?: string;
}

/** A vendor ID that is the whole payload. */
export const exact = (id: string, name: string, implementation: string | null = null): VendorIdRow => ({
  id,
  name,
  implementation,
  prefix: false,
});

/** A vendor ID that something follows. */
export const prefix = (id: string, name: string, implementation: string | null = null): VendorIdRow => ({
  id,
  name,
  implementation,
  prefix: true,
});

/** A vendor ID that is the MD5 of its name. */
export const md5 = (id: string, text: string, implementation: string | null = null): VendorIdRow => ({
  ...exact(id, text.trimEnd(), implementation),
  md5Of: text,
});

/** Hex of a text in ASCII. */
export const hexOf = (text: string): string =>
  Array.from(text, (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");

/** A vendor ID that is readable. */
export const text = (id: string, implementation: string | null): VendorIdRow =>
  exact(hexOf(id), id, implementation);
