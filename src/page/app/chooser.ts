import { button, h } from "../../report/html/client/dom.js";

/** A button that lets files be chosen; they go to `onFiles`, never none of them. */
export function chooseButton(text: string, onFiles: (files: readonly File[]) => void): HTMLElement {
  const input = h("input", {
    type: "file",
    multiple: true,
    class: "offstage",
    tabindex: -1,
    "aria-hidden": "true",
  });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // The same file again is a choice, too.
    input.value = "";
    if (files.length > 0) onFiles(files);
  });
  return h(
    "span",
    {},
    button(text, () => input.click(), { class: "choose" }),
    input,
  );
}

/** Takes files that are dropped anywhere on the page; while some are held over it, `data-drop` marks the document. */
export function wireDropping(onFiles: (files: readonly File[]) => void): void {
  const mark = document.documentElement.dataset;
  addEventListener("dragover", (event) => {
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    mark["drop"] = "over";
  });
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (relatedTarget === null) delete mark["drop"];
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    delete mark["drop"];
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
}
