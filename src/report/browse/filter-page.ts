import { printable } from "../../bytes/text.js";
import { type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { Paint } from "../paint.js";
import { wrap } from "../wrap.js";
import { type PageLine, plainLines } from "./page-line.js";

/** A display filter to be copied: cut where a line is full and nowhere else, so that what is marked by hand joins again. */
export function filterPage(
  about: Message,
  text: string,
  width: number,
  paint: Paint,
  texts: Texts,
): PageLine[] {
  const pieces: string[] = [];
  const note = (message: Message): string[] => wrap(texts.of(message), width).map(paint.dim);
  for (let at = 0; at < text.length; at += width) pieces.push(text.slice(at, at + width));
  return plainLines([
    ...wrap(printable(texts.of(say`Wireshark's display filter for ${about}`)), width).map(paint.bold),
    "",
    ...pieces,
    "",
    ...note("The terminal was asked to copy it; not all terminals do (tmux: set-clipboard on)."),
    ...note("It is printed again when ikescope ends."),
  ]);
}
