import type { PageArrow, PageField, PageMessage } from "../page-ladder.js";
import { h } from "./dom.js";
import { label } from "./labels.js";

/** A list of fields longer than this begins closed. */
const OPEN = 6;

/** Is told of each field that is drawn, with its element. */
export type OnField = (field: PageField, element: HTMLElement) => void;

/** One row of the ladder in full: when, between whom, and the decoded message. */
export function messageView(row: PageArrow, message: PageMessage | null): HTMLElement {
  return h("div", {}, messageHead(row), message === null ? absent(row) : fieldTree(message.fields));
}

/** When a row was seen, and what became of it. */
export function messageHead(row: PageArrow): HTMLElement {
  const frames = label`frame${row.frames.length === 1 ? "" : "s"} ${row.frames.join(", ")}`;
  return h(
    "div",
    {},
    h("h4", {}, row.title),
    h("p", { class: "quiet" }, `${frames}, ${row.time}`, row.fateText === null ? "" : `, ${row.fateText}`),
    h("p", {}, row.details.join(", ")),
  );
}

/** A decoded message as a tree that can be folded. */
export function fieldTree(fields: readonly PageField[], onField: OnField = () => undefined): HTMLElement {
  return h("div", { class: "tree" }, ...fields.map((field) => fieldView(field, onField)));
}

function absent({ kind, frames: [frame = ""] }: PageArrow): HTMLElement {
  return kind === "message"
    ? h(
        "p",
        { class: "quiet" },
        label`This page had no room for every decoded message. To see this one: `,
        h("code", {}, `ikescope decode -v --frame ${frame} CAPTURE${frame.includes(":") ? "..." : ""}`),
      )
    : h("p", { class: "quiet" }, label`No IKE message, so there is nothing to decode.`);
}

function fieldView(field: PageField, onField: OnField): HTMLElement {
  const { name, value, fields } = field;
  const text = [h("span", { class: "name" }, name), " ", h("span", { class: "value" }, value)];
  if (fields === undefined) {
    const line = h("p", {}, ...text);
    onField(field, line);
    return line;
  }
  const summary = h("summary", {}, ...text);
  onField(field, summary);
  return h(
    "details",
    { open: name !== "Header" && fields.length <= OPEN },
    summary,
    ...fields.map((child) => fieldView(child, onField)),
  );
}
