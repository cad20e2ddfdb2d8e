import { copyButton } from "../../report/html/client/copy.js";
import { h } from "../../report/html/client/dom.js";
import type { PageHead } from "../../report/html/page-data.js";
import type { KeysResult, Result } from "../protocol.js";
import { label } from "../../report/html/client/labels.js";

/** The answer: what it is, how sure, what happened, and what to do. */
export function headView({ head, remedies, fault, notes, keys, isStopped }: Result): HTMLElement {
  const { status, word, who, what, scope, notJudged } = head;
  return h(
    "header",
    { class: "top", "data-status": status },
    h("p", { class: "verdict" }, h("span", { class: "badge", "data-status": status }, word)),
    h("h2", { class: "who", tabindex: -1 }, who),
    paragraph("what", what === "" ? null : what),
    fault === null ? null : h("p", { class: "refused", role: "alert" }, label`Not read to the end: ${fault}`),
    isStopped ? h("p", { class: "refused" }, label`Stopped: what was read until then is judged.`) : null,
    remedies.length === 0
      ? null
      : h(
          "section",
          { class: "remedies", "aria-label": label`What to do` },
          h(
            "h3",
            {},
            label`What to do `,
            copyButton(label`Copy`, label`Copy what to do`, remedies.join("\n")),
          ),
          h("ol", {}, ...remedies.map((text) => h("li", {}, text))),
        ),
    paragraph("scope", scope),
    h("ul", { class: "files" }, ...files(head)),
    paragraph("note", notJudged),
    ...notes.map((note) => paragraph("note", note)),
    keys === null ? null : keysView(keys),
  );
}

/** Which keys open what. */
function keysView({ opening, count, fits, useless }: KeysResult): HTMLElement {
  const lines = [...useless, ...fits].map((text) => h("li", {}, text));
  return h(
    "details",
    { class: "keys", open: opening === 0 },
    h("summary", {}, label`Keys: ${opening} of ${count} open something of the capture`),
    h("ul", { class: "files" }, ...lines),
    count > fits.length
      ? h("p", { class: "quiet" }, label`${count - fits.length} more keys are not listed.`)
      : null,
  );
}

function files({ files: captures }: PageHead): HTMLElement[] {
  return captures.map(({ name, about, notes }, index) =>
    h(
      "li",
      {},
      captures.length > 1 ? `${index + 1}: ` : "",
      h("b", {}, name),
      `: ${about}`,
      ...notes.flatMap((note) => [h("br"), note]),
    ),
  );
}

function paragraph(kind: string, text: string | null): HTMLElement | null {
  return text === null ? null : h("p", { class: kind }, text);
}
