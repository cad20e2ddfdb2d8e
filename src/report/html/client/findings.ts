import type { PageContext } from "../page-data.js";
import type { PageEntry, PageFinding, PageProcedure } from "../page-finding.js";
import { copyButton } from "./copy.js";
import { h } from "./dom.js";
import { linkTo } from "./link.js";
import { label, word } from "./labels.js";

/** Evidence that is listed at once; the rest opens on demand. */
const EVIDENCE = 8;

/** The catalogue of a page has every code of its findings; another one has its name alone. */
function unknown(code: string): PageEntry {
  return { title: code, remedies: [], references: [], procedures: [] };
}

/** One finding: what was seen, in which frames, what else it could be, and what to do. */
export function findingView(
  finding: PageFinding,
  { catalogue, severalFiles }: PageContext,
  tunnel: number | null,
  drawn: ReadonlySet<string>,
): HTMLElement {
  const { code, severity, confidence, provenance, causedBy, summary, evidence, rivals } = finding;
  const { title, remedies, references, procedures } = catalogue[code] ?? unknown(code);
  const cause = causedBy === null ? "" : label`, follows from ${causedBy}`;
  const badge = h("span", { class: "badge", "data-severity": severity }, word(severity));
  const parts = [
    h("p", { class: "quiet" }, h("code", {}, code), `, ${word(confidence)}, ${word(provenance)}${cause}`),
    h("p", {}, summary),
    evidenceList(finding, tunnel, drawn),
    ...rivals.map((rival) =>
      h(
        "p",
        { class: "rival" },
        rival.isCase === true ? label`which case: ` : label`or `,
        h("code", {}, rival.code),
        label` (${rival.title}); to decide: ${rival.separatedBy}`,
      ),
    ),
    remedies.length === 0 ? null : remedyList(remedies, code),
    procedures.length === 0 ? null : procedureList(procedures),
    h(
      "p",
      { class: "quiet foot" },
      references.length === 0 ? "" : `${references.join(", ")} `,
      severalFiles || evidence.length === 0
        ? null
        : copyButton(
            label`Copy Wireshark filter`,
            label`Copy a Wireshark filter for the frames of ${code}`,
            `frame.number in {${[...new Set(evidence.map(({ frame }) => frame))].join(", ")}}`,
          ),
    ),
  ];
  // Notes only explain, and a consequence goes away with its cause: both are there for readers who want to know.
  return severity === "info" || causedBy !== null
    ? h(
        "details",
        { class: "finding", "data-severity": severity },
        h("summary", {}, badge, " ", title, cause),
        ...parts,
      )
    : h("article", { class: "finding", "data-severity": severity }, h("h3", {}, badge, " ", title), ...parts);
}

function evidenceList(
  { evidence, lines }: PageFinding,
  tunnel: number | null,
  drawn: ReadonlySet<string>,
): HTMLElement {
  const items = evidence.map(({ frame, time, text }) =>
    h(
      "li",
      {},
      tunnel !== null && drawn.has(frame)
        ? h("a", { href: linkTo(tunnel, frame) }, label`frame ${frame}`)
        : h("span", {}, label`frame ${frame}`),
      h("span", { class: "quiet time" }, ` ${time} `),
      text,
    ),
  );
  items.push(
    ...lines.map(({ place, time, text }) =>
      h("li", {}, h("span", {}, place), h("span", { class: "quiet time" }, ` ${time} `), text),
    ),
  );
  const list = h("ul", { class: "evidence" }, ...items.slice(0, EVIDENCE));
  if (items.length <= EVIDENCE) return list;
  return h(
    "div",
    {},
    list,
    h(
      "details",
      {},
      h("summary", {}, label`${items.length - EVIDENCE} more`),
      h("ul", { class: "evidence" }, ...items.slice(EVIDENCE)),
    ),
  );
}

function remedyList(remedies: readonly string[], code: string): HTMLElement {
  return h(
    "section",
    { class: "remedies" },
    h(
      "h4",
      {},
      label`What to do `,
      copyButton(
        label`Copy all`,
        label`Copy all steps of ${code}`,
        remedies.map((text, index) => `${index + 1}. ${text}`).join("\n"),
      ),
    ),
    h(
      "ol",
      {},
      ...remedies.map((text, index) =>
        h(
          "li",
          {},
          h(
            "div",
            { class: "step" },
            h("span", {}, text),
            copyButton(label`Copy`, label`Copy step ${index + 1} of ${code}`, text),
          ),
        ),
      ),
    ),
  );
}

/** Commands by product. Words in capitals stand for what the reader puts in. */
function procedureList(procedures: readonly PageProcedure[]): HTMLElement {
  return h(
    "details",
    { class: "procedures" },
    h("summary", {}, label`Commands by product (words in capitals are yours to put in)`),
    ...procedures.flatMap(({ title, commands }) => [
      h("h4", {}, title),
      h(
        "dl",
        {},
        ...commands.flatMap(({ platform, lines }) => [
          h("dt", {}, platform),
          h(
            "dd",
            {},
            h("pre", {}, lines.join("\n")),
            copyButton(label`Copy`, label`Copy the commands for ${platform}: ${title}`, lines.join("\n")),
          ),
        ]),
      ),
    ]),
  );
}
