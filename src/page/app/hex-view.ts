import { h } from "../../report/html/client/dom.js";
import { label } from "../../report/html/client/labels.js";

const COLUMNS = 16;
/** Bytes that are drawn; nobody reads more of them here. */
const DRAWN_BYTES = 4096;

/** Bytes in hex and as text, of which some are marked; one is pointed at with the mouse or the arrow keys. */
export class HexView {
  readonly element: HTMLElement;
  readonly #cells: HTMLElement[] = [];
  readonly #onPoint: (at: number) => void;
  readonly #length: number;
  #at = 0;

  constructor(bytes: Uint8Array, onPoint: (at: number) => void) {
    this.#onPoint = onPoint;
    this.#length = Math.min(bytes.length, DRAWN_BYTES);
    const lines = h(
      "div",
      {
        class: "hex",
        tabindex: 0,
        role: "group",
        "aria-label": label`Bytes; arrow keys go from byte to byte and choose its field`,
      },
      ...this.#lines(bytes.subarray(0, this.#length)),
    );
    lines.addEventListener("click", ({ target }) => {
      const at = target instanceof HTMLElement ? this.#cells.indexOf(target) : -1;
      if (at >= 0) this.#point(at);
    });
    lines.addEventListener("keydown", (event) => this.#key(event));
    const more = bytes.length - this.#length;
    this.element = h(
      "div",
      {},
      lines,
      more > 0 ? h("p", { class: "quiet" }, label`${more} more bytes are not shown.`) : null,
    );
  }

  /** Marks the bytes [at, at + length) and brings them into view. */
  mark(at: number, length: number): void {
    for (const [index, cell] of this.#cells.entries()) {
      cell.classList.toggle("marked", index >= at && index < at + length);
    }
    this.#at = Math.min(at, this.#length - 1);
    this.#cells[at]?.scrollIntoView({ block: "nearest" });
  }

  #lines(bytes: Uint8Array): HTMLElement[] {
    const lines: HTMLElement[] = [];
    for (let from = 0; from < bytes.length; from += COLUMNS) {
      const line = [...bytes.subarray(from, from + COLUMNS)];
      const cells = line.map((byte) => h("span", {}, byte.toString(16).padStart(2, "0")));
      this.#cells.push(...cells);
      const text = line
        .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."))
        .join("");
      lines.push(
        h(
          "div",
          {},
          h("span", { class: "offset" }, from.toString(16).padStart(4, "0")),
          h("span", { class: "cells" }, ...cells),
          h("span", { class: "text" }, text),
        ),
      );
    }
    return lines;
  }

  #key(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: this.#at - 1,
      ArrowRight: this.#at + 1,
      ArrowUp: this.#at - COLUMNS,
      ArrowDown: this.#at + COLUMNS,
      Home: 0,
      End: this.#length - 1,
    };
    const at = steps[event.key];
    if (at === undefined) return;
    event.preventDefault();
    this.#point(Math.max(0, Math.min(this.#length - 1, at)));
  }

  #point(at: number): void {
    this.#at = at;
    this.mark(at, 1);
    this.#onPoint(at);
    this.#at = at;
    this.#cells[at]?.classList.add("pointed");
    for (const [index, cell] of this.#cells.entries()) cell.classList.toggle("pointed", index === at);
  }
}
