/**
 * Text that came from a packet or a file name, made safe for a terminal: control characters (C0, DEL, C1), line and
 * paragraph separators, bidirectional controls and zero-width characters become visible escapes such as \x1b.
 */
export function printable(text: string): string {
  // Nearly all text is harmless, and a search is much quicker than a walk.
  if (!MAYBE_UNSAFE.test(text)) return text;
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    out += isUnsafe(code) ? escaped(code) : character;
  }
  return out;
}

/** Matches whatever is not plain ASCII or a character that our own texts use, and so needs a closer look. */
const MAYBE_UNSAFE = /[^\x20-\x7e\u2026\u2500-\u257f]/;

function isUnsafe(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xad ||
    code === 0x061c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfff0 && code <= 0xfffb)
  );
}

/** JSON that says the same with such characters escaped: JSON itself escapes those below a blank only. */
export function printableJson(json: string): string {
  if (!MAYBE_UNSAFE_JSON.test(json)) return json;
  return json.replaceAll(/[\x7f-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    // Halves of a pair are characters beyond 0xffff, of which none is unsafe; single ones JSON has escaped.
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    return isHalf || !isUnsafe(code) ? unit : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** Lines end within a report. */
const MAYBE_UNSAFE_JSON = /[^\x20-\x7e\n\u2026\u2500-\u257f]/;

function escaped(code: number): string {
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}

/** A byte as a dump shows it: printable ASCII as it is, anything else as a point. */
export function asciiCharacter(byte: number): string {
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : ".";
}

/** Bytes as text where all are printable ASCII, else null. */
export function asciiText(bytes: Uint8Array): string | null {
  let out = "";
  for (const byte of bytes) {
    if (byte < 0x20 || byte > 0x7e) return null;
    out += String.fromCharCode(byte);
  }
  return out;
}
