import { button, h } from "../../report/html/client/dom.js";
import type { FileAnswer, FileForm } from "../protocol.js";
import { label } from "../../report/html/client/labels.js";
import { reasonOf } from "./reason.js";

function nameOf(form: FileForm): string {
  switch (form) {
    case "evidence":
      return label`Evidence (pcapng)`;
    case "anonymized":
      return label`Evidence, anonymized`;
    case "anonymized-capture":
      return label`Whole capture, anonymized`;
    case "csv":
      return label`Tunnels (CSV)`;
    case "html":
      return label`Report (HTML)`;
    case "markdown":
      return "Markdown";
    case "json":
      return "JSON";
  }
}

/** Buttons that save what a ticket needs, each made when it is asked for, and what else stands beside them. */
export function savesView<Form extends FileForm>(
  forms: readonly Form[],
  make: (form: Form) => Promise<FileAnswer>,
  ...more: readonly HTMLElement[]
): HTMLElement {
  const said = h("span", { class: "quiet", role: "status" });
  const save = async (form: Form): Promise<void> => {
    said.textContent = label`Making it`;
    try {
      const { name, file } = await make(form);
      download(name, file);
      said.textContent = label`Saved as ${name}`;
    } catch (error) {
      said.textContent = reasonOf(error);
    }
  };
  return h(
    "p",
    { class: "saves" },
    label`Save: `,
    ...forms.map((form) => button(nameOf(form), () => void save(form))),
    ...more,
    said,
  );
}

function download(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  h("a", { href: url, download: name }).click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
