import { button } from "./dom.js";
import { label } from "./labels.js";

/** How long the button says that it is done. */
const SAID_MS = 1500;

/** A button that copies a text; its width stays while it says so. */
export function copyButton(name: string, what: string, text: string): HTMLButtonElement {
  const element = button(
    name,
    () => {
      void copy(text).then((done) => {
        element.textContent = done ? label`Copied` : label`Not copied`;
        setTimeout(() => (element.textContent = name), SAID_MS);
      });
    },
    { class: "copy", "aria-label": what },
  );
  return element;
}

/** Some browsers give a page from a file no clipboard; then a selection does. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

function copySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "offstage";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
