import type { PageArrow, PageField, PageMessage } from "../page-data.js";
import { h } from "./dom.js";

/** A list of fields longer than this begins closed. */
const OPEN = 6;

/** One row of the ladder in full: when, between whom, and the decoded message. */
export function messageView(row: PageArrow, message: PageMessage | null): HTMLElement {
  const frames = `frame${row.frames.length === 1 ? "" : "s"} ${row.frames.join(", ")}`;
  return h(
    "div",
    {},
    h("h4", {}, row.title),
    h("p", { class: "quiet" }, `${frames}, ${row.time}`, row.fateText === null ? "" : `, ${row.fateText}`),
    h("p", {}, row.details.join(", ")),
    message === null ? absent(row) : h("div", { class: "tree" }, ...message.fields.map(fieldView)),
  );
}

function absent({ kind, frames: [frame = ""] }: PageArrow): HTMLElement {
  return kind === "message"
    ? h(
        "p",
        { class: "quiet" },
        "This page had no room for every decoded message. To see this one: ",
        h("code", {}, `ikescope decode -v --frame ${frame.split(":").at(-1) ?? ""} CAPTURE`),
      )
    : h("p", { class: "quiet" }, "No IKE message, so there is nothing to decode.");
}

function fieldView({ name, value, fields }: PageField): HTMLElement {
  const text = [h("span", { class: "name" }, name), " ", h("span", { class: "value" }, value)];
  if (fields === undefined) return h("p", {}, ...text);
  return h(
    "details",
    { open: name !== "Header" && fields.length <= OPEN },
    h("summary", {}, ...text),
    ...fields.map(fieldView),
  );
}
