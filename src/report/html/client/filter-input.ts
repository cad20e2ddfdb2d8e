import { h } from "./dom.js";
import { label } from "./labels.js";

/** The field for words that a list of tunnels is filtered by. */
export function filterInput(onInput: () => void): HTMLInputElement {
  const input = h("input", {
    type: "search",
    id: "filter",
    placeholder: label`address, finding, phase ...`,
    autocomplete: "off",
    spellcheck: "false",
  });
  input.addEventListener("input", onInput);
  return input;
}

/** The words of a field, in small letters. */
export function wordsIn({ value }: HTMLInputElement): string[] {
  return value.toLowerCase().split(/\s+/).filter(Boolean);
}
