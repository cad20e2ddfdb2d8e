import { breakable } from "../src/report/wrap.js";

// Text as lines of roff (man macros), so that it is shown as it is: no character of it is a command, a quote or a dash.

/** Stands where a line may end within Chinese text, until it is roff: no text has it. */
const BREAK = "\u0000";

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": String.raw`\e`,
  "-": String.raw`\-`,
  "'": String.raw`\(aq`,
  '"': String.raw`\(dq`,
  "`": String.raw`\(ga`,
  "^": String.raw`\(ha`,
  "~": String.raw`\(ti`,
};

/** Text in which every character stands for itself. It may stand in a line or as an argument in quotes. */
export function escaped(text: string): string {
  const words = text.split(/\s+/).map((word) => breakable(word).join(BREAK));
  return ascii(words.join(" ").replaceAll(/[\\\-'"`^~]/g, (character) => SPECIAL[character] ?? ""));
}

/** Roff in ASCII, which every formatter reads the same way. A line may end between a Chinese sign and bold or underlined text. */
export function ascii(roff: string): string {
  const separated = roff.replaceAll(/[\u3001\uff0c\uff1b](?=\\f)/gu, (sign) => sign + BREAK);
  return separated.replaceAll(/[^\x20-\x7e]/gu, (character) =>
    character === BREAK
      ? String.raw`\:`
      : `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** Escaped text as a line of its own: a dot in front would make it a request. */
export function line(roff: string): string {
  return roff.startsWith(".") ? `\\&${roff}` : roff;
}

export function bold(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

export function italic(text: string): string {
  return `\\fI${escaped(text)}\\fR`;
}

/** A row of a list: what it is about in front, already roff, and the text beside it, so many columns in, or below. */
export function row(term: string, texts: readonly string[], indent?: number): readonly string[] {
  return [
    indent === undefined ? ".TP" : `.TP ${indent}`,
    line(term),
    ...texts.map((text) => line(escaped(text))),
  ];
}

/** Commands to type, in a block that is not filled. A long one is continued behind a backslash, as a shell reads it, never within quotes. */
export function typed(command: string, width: number): readonly string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  const continued = lines.map((text, index) => (index < lines.length - 1 ? `${text} \\` : text));
  return [".RS 4", ".nf", ...continued.map((text) => line(escapedLine(text))), ".fi", ".RE"];
}

/** As escaped(), but blanks in front stay. */
function escapedLine(text: string): string {
  const blanks = /^ */.exec(text)?.[0] ?? "";
  return blanks === "" ? escaped(text) : `\\&${blanks}${escaped(text.trimStart())}`;
}
