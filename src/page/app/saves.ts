import { button, h } from "../../report/html/client/dom.js";
import { FILE_FORMS, type FileAnswer, type FileForm, type Question } from "../protocol.js";

type AskFile = (question: Extract<Question, { readonly about: "file" }>) => Promise<FileAnswer>;

const LABELS: Readonly<Record<FileForm, string>> = {
  evidence: "Evidence (pcapng)",
  anonymized: "Evidence, anonymized",
  html: "Report (HTML)",
  markdown: "Markdown",
  json: "JSON",
};

/** Buttons that save what a ticket needs, each made when it is asked for. */
export function savesView(ask: AskFile): HTMLElement {
  const said = h("span", { class: "quiet", role: "status" });
  const save = async (form: FileForm): Promise<void> => {
    said.textContent = "Making it";
    try {
      const { name, file } = await ask({ about: "file", form });
      download(name, file);
      said.textContent = `Saved as ${name}`;
    } catch (error) {
      said.textContent = String(error);
    }
  };
  return h(
    "p",
    { class: "saves" },
    "Save: ",
    ...FILE_FORMS.map((form) => button(LABELS[form], () => void save(form))),
    said,
  );
}

function download(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  h("a", { href: url, download: name }).click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
