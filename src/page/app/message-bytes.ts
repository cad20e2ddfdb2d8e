import { copyButton } from "../../report/html/client/copy.js";
import { h } from "../../report/html/client/dom.js";
import { fieldTree, messageHead, messageView } from "../../report/html/client/message-view.js";
import type { PageArrow, PageField, PageMessage } from "../../report/html/page-ladder.js";
import type { BytesAnswer, Question } from "../protocol.js";
import { HexView } from "./hex-view.js";
import { reasonOf } from "./reason.js";
import { label } from "../../report/html/client/labels.js";

/** Asks for the bytes of a row. */
export type AskBytes = (question: Extract<Question, { readonly about: "bytes" }>) => Promise<BytesAnswer>;

interface Placed {
  readonly at: number;
  readonly length: number;
  readonly element: HTMLElement;
}

/** The message of a row; its bytes come below as soon as they are read, and then tree and bytes show each other. */
export function messageWithBytes(
  row: PageArrow,
  message: PageMessage | null,
  severalFiles: boolean,
  ask: AskBytes,
): HTMLElement {
  const place = h("div", {}, messageView(row, message), h("p", { class: "quiet" }, label`Reading its bytes`));
  const [frame = ""] = row.frames;
  ask({ about: "bytes", frame, isMessage: row.kind === "message" }).then(
    (answer) => {
      const view = linkedView(answer);
      place.className = "linked";
      place.replaceChildren(messageHead(row), ...filter(row, severalFiles), ...view);
    },
    (error: unknown) => place.lastElementChild?.replaceChildren(reasonOf(error)),
  );
  return place;
}

/** A display filter for the frames in Wireshark; of several files each has its own numbers. */
function filter({ frames, title }: PageArrow, severalFiles: boolean): HTMLElement[] {
  if (severalFiles) return [];
  const text =
    frames.length === 1 ? `frame.number == ${frames[0]}` : `frame.number in {${frames.join(", ")}}`;
  return [
    h(
      "p",
      {},
      h("code", {}, text),
      " ",
      copyButton(label`Copy filter`, label`Copy a Wireshark filter for ${title}`, text),
    ),
  ];
}

function linkedView({ bytes, fields }: BytesAnswer): HTMLElement[] {
  const placed: Placed[] = [];
  let chosen: Placed | null = null;
  const choose = (field: Placed): void => {
    chosen?.element.classList.remove("chosen");
    chosen = field;
    field.element.classList.add("chosen");
    hex.mark(field.at, field.length);
  };
  const hex = new HexView(bytes, (at) => {
    const field = smallestAt(placed, at);
    if (field === null) return;
    unfold(field.element);
    choose(field);
    field.element.scrollIntoView({ block: "nearest" });
  });
  const tree = fieldTree(fields, ({ at, length }: PageField, element) => {
    if (at === undefined || length === undefined) return;
    const field = { at, length, element };
    placed.push(field);
    // A summary takes the focus by itself.
    if (element.tagName !== "SUMMARY") element.tabIndex = 0;
    element.addEventListener("click", () => choose(field));
    element.addEventListener("focus", () => choose(field));
  });
  return fields.length === 0 ? [hex.element] : [tree, hex.element];
}

/** The smallest field that holds a byte; of equal ones the innermost. */
function smallestAt(placed: readonly Placed[], at: number): Placed | null {
  let best: Placed | null = null;
  for (const field of placed) {
    const holds = at >= field.at && at < field.at + field.length;
    if (holds && (best === null || field.length <= best.length)) best = field;
  }
  return best;
}

function unfold(element: HTMLElement): void {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement && at.firstElementChild !== element) at.open = true;
  }
}
