import type { Paint } from "../paint.js";
import { type PageLine, plainLines } from "./page-line.js";

/** A display filter to be copied: cut where a line is full and nowhere else, so that what is marked by hand joins again. */
export function filterPage(about: string, text: string, width: number, paint: Paint): PageLine[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += width) pieces.push(text.slice(at, at + width));
  return plainLines([
    paint.bold(`Wireshark's display filter for ${about}`),
    "",
    ...pieces,
    "",
    paint.dim("The terminal was asked to copy it; not all terminals do (tmux: set-clipboard on)."),
    paint.dim("It is printed again when ikescope ends."),
  ]);
}
