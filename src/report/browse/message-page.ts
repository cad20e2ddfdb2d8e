import { asciiCharacter } from "../../bytes/text.js";
import { TextBuffer } from "../../bytes/text-buffer.js";
import { toHex } from "../../bytes/hex.js";
import type { SeenMessage } from "../../session/transmission.js";
import type { DecodeContext } from "../decode/line.js";
import { writeTree } from "../decode/tree.js";
import type { Paint } from "../paint.js";
import { type PageLine, plainLines } from "./page-line.js";

/** Bytes of a line of the dump, in two halves. */
const BYTES = 16;
/** Bytes that most trees need. */
const TREE_SIZE = 8192;

/** A message in all its fields, and its bytes; the offsets of both count from its first byte. */
export function messageTexts(seen: SeenMessage, context: DecodeContext): string[] {
  const tree = new TextBuffer(TREE_SIZE);
  writeTree(seen, context, tree);
  return [...new TextDecoder().decode(tree.content).trimEnd().split("\n"), "", ...hexDump(seen.bytes)];
}

/** The texts of messages, one below the other, as a page. */
export function messagePage(messages: readonly (readonly string[])[], paint: Paint): PageLine[] {
  return messages.flatMap(([title = "", ...rest]) => [
    { text: paint.bold(title), target: null, isSection: true as const },
    ...plainLines(rest),
    { text: "", target: null },
  ]);
}

/** "0000  0a 0b ...  0c ...   |..A.|", a line for each 16 bytes. */
function hexDump(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES) {
    const row = bytes.subarray(at, at + BYTES);
    const pairs = Array.from(row, (_, index) => toHex(row, index, index + 1));
    const half = BYTES / 2;
    const hex = `${pairs.slice(0, half).join(" ")}  ${pairs.slice(half).join(" ")}`;
    const text = Array.from(row, asciiCharacter).join("");
    lines.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(3 * BYTES)}  |${text}|`);
  }
  return lines;
}
