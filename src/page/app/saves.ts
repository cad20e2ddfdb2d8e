import { button, h } from "../../report/html/client/dom.js";
import { FILE_FORMS, type FileAnswer, type FileForm, type Question } from "../protocol.js";
import { label } from "../../report/html/client/labels.js";

type AskFile = (question: Extract<Question, { readonly about: "file" }>) => Promise<FileAnswer>;

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

/** Buttons that save what a ticket needs, each made when it is asked for. */
export function savesView(ask: AskFile): HTMLElement {
  const said = h("span", { class: "quiet", role: "status" });
  const save = async (form: FileForm): Promise<void> => {
    said.textContent = label`Making it`;
    try {
      const { name, file } = await ask({ about: "file", form });
      download(name, file);
      said.textContent = label`Saved as ${name}`;
    } catch (error) {
      said.textContent = String(error);
    }
  };
  return h(
    "p",
    { class: "saves" },
    label`Save: `,
    ...FILE_FORMS.map((form) => button(nameOf(form), () => void save(form))),
    said,
  );
}

function download(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  h("a", { href: url, download: name }).click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
