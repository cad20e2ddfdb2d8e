import { toHex } from "../../../src/bytes/hex.js";
import { KeyReader, type KeyRing } from "../../../src/index.js";
import { filler } from "../ike/bytes.js";

/** Keys of a text as if it stood in a file. */
export function ringOf(text: string, file = "keys"): KeyRing {
  const reader = new KeyReader();
  const keys = reader.file(file);
  keys.text(text);
  keys.end();
  return reader.ring();
}

/** Key bytes of that length, other ones for each seed. */
export function keyBytes(length: number, seed: number): Uint8Array {
  return filler(length, seed);
}

export function keyHex(length: number, seed: number): string {
  return toHex(keyBytes(length, seed));
}

/** Rows of a hex dump as charon writes them below a heading. */
export function charonDump(prefix: string, name: string, bytes: Uint8Array): string {
  const rows: string[] = [`${prefix}${name} => ${bytes.length} bytes @ 0x7f0012345670`];
  for (let at = 0; at < bytes.length; at += 16) {
    const digits = [...bytes.subarray(at, at + 16)].map((byte) =>
      byte.toString(16).toUpperCase().padStart(2, "0"),
    );
    rows.push(`${prefix}${String(at).padStart(4)}: ${digits.join(" ")}  ${".".repeat(digits.length)}`);
  }
  return rows.join("\n");
}

/** Rows of a dump as pluto writes them. */
export function plutoDump(prefix: string, name: string, bytes: Uint8Array): string {
  const rows: string[] = [`${prefix}| ${name}:`];
  for (let at = 0; at < bytes.length; at += 16) {
    const digits = [...bytes.subarray(at, at + 16)].map((byte) => byte.toString(16).padStart(2, "0"));
    const groups = [0, 4, 8, 12].map((from) => digits.slice(from, from + 4).join(" ")).filter(Boolean);
    rows.push(`${prefix}|   ${groups.join("  ")}   ${".".repeat(digits.length)}`);
  }
  return rows.join("\n");
}
