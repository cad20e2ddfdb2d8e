import { say, verbatim } from "../../../texts/message.js";
import { ENGLISH, type Texts } from "../../../texts/texts.js";

/** The language of the page's own labels; a page has one at a time. */
let texts: Texts = ENGLISH;

/** Has labels made from now on in that language. Those that stand already stay. */
export function setLabels(next: Texts): void {
  texts = next;
}

/** A label with values, which stand as they are: label`Tunnel ${id}`. */
export function label(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const safe = values.map((value) => (typeof value === "number" ? value : verbatim(value)));
  return texts.of(say(strings, ...safe));
}

/** A word of ikescope's own that comes with the data, such as a status. */
export function word(text: string): string {
  return texts.of(text);
}
