import type { PageArrow, PageLadder } from "../page-ladder.js";
import { button, h, svg } from "./dom.js";
import { legend } from "./ladder-legend.js";
import { columnHeads, columnsBetween, railShapes, railsFor } from "./ladder-rails.js";
import { rowShape } from "./ladder-row.js";
import { layOut, MEASURE, type PlacedArrow } from "./ladder-layout.js";
import { label } from "./labels.js";

/** The exchanges of a tunnel as a sequence diagram that can be walked through with the arrow keys. */
export class LadderView {
  readonly element: HTMLElement;
  readonly #ladder: PageLadder;
  readonly #onChoose: (row: PageArrow) => void;
  readonly #holder = h("div", { class: "diagram" });
  readonly #note = h("p", { class: "quiet" });
  readonly #switch = button(label`Time to scale`, () => this.#toggle(), {
    role: "switch",
    "aria-checked": "false",
  });
  readonly #id: string;
  #rows: readonly SVGGElement[] = [];
  #drawn: readonly PlacedArrow[] = [];
  #box: SVGSVGElement | null = null;
  #chosen: number | null = null;
  #toScale = false;
  #width = 0;

  constructor(ladder: PageLadder, id: string, onChoose: (row: PageArrow) => void) {
    this.#ladder = ladder;
    this.#id = id;
    this.#onChoose = onChoose;
    this.element = h(
      "section",
      { class: "ladder" },
      h("h3", {}, label`Exchanges `, this.#switch),
      peers(ladder),
      this.#holder,
      this.#note,
      ...ladder.notes.map((note) => h("p", { class: "quiet" }, note)),
    );
    new ResizeObserver(([entry]) => this.#fit(entry?.contentRect.width ?? 0)).observe(this.#holder);
  }

  /** Chooses the row that holds a frame and brings it into view; false where no row does. */
  choose(frame: string): boolean {
    const index = this.#drawn.findIndex(({ row }) => row.frames.includes(frame));
    if (index < 0) return false;
    this.#choose(index);
    this.focus();
    // If the message comes from below, it covers the middle of the page.
    const block = matchMedia("(max-width: 56rem)").matches ? "start" : "center";
    this.#rows[index]?.scrollIntoView({ block });
    return true;
  }

  focus(): void {
    this.#box?.focus({ preventScroll: true });
  }

  /** Draws for a width that is known before the browser has laid the page out, as for printing. */
  drawFor(width: number): void {
    this.#width = width;
    this.#draw();
  }

  #fit(width: number): void {
    if (width > 0 && Math.abs(width - this.#width) >= 1) this.drawFor(width);
  }

  #toggle(): void {
    this.#toScale = !this.#toScale;
    this.#switch.setAttribute("aria-checked", String(this.#toScale));
    this.#draw();
  }

  #draw(): void {
    const rails = railsFor(this.#width);
    const layout = layOut(this.#ladder.rows, columnsBetween(rails), this.#toScale);
    this.#drawn = layout.arrows;
    this.#rows = layout.arrows.map((placed, at) => {
      const row = rowShape(placed, rails, `${this.#id}-row-${placed.index}`, this.#ladder);
      row.addEventListener("click", () => this.#choose(at));
      return row;
    });
    const height = layout.height + MEASURE.between;
    const box = svg(
      "svg",
      {
        width: this.#width,
        height,
        viewBox: `0 0 ${this.#width} ${height}`,
        role: "listbox",
        tabindex: 0,
        "aria-label": label`Exchanges in order of time; arrow keys go from row to row`,
      },
      ...railShapes(layout, rails),
      ...this.#rows,
      ...columnHeads(rails),
    );
    box.addEventListener("keydown", (event) => this.#key(event));
    this.#box = box;
    const hadFocus = this.#holder.contains(document.activeElement);
    this.#holder.replaceChildren(box);
    if (hadFocus) box.focus({ preventScroll: true });
    this.#mark();
    const scale =
      layout.perSecond === null
        ? label`Pauses are compressed.`
        : label`One second is ${layout.perSecond.toFixed(1)} px.`;
    this.#note.textContent = [label`+0 s is ${this.#ladder.start}.`, scale, legend(this.#drawn)]
      .join(" ")
      .trim();
  }

  #key(event: KeyboardEvent): void {
    const last = this.#drawn.length - 1;
    const current = this.#chosen ?? -1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, current + 1),
      ArrowUp: Math.max(0, current - 1),
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    this.#choose(next);
    this.#rows[next]?.scrollIntoView({ block: "nearest" });
  }

  #choose(index: number): void {
    this.#chosen = index;
    this.#mark();
    const row = this.#drawn[index]?.row;
    if (row !== undefined) this.#onChoose(row);
  }

  #mark(): void {
    for (const [index, row] of this.#rows.entries()) {
      row.setAttribute("aria-selected", String(index === this.#chosen));
    }
    const chosen = this.#chosen === null ? undefined : this.#rows[this.#chosen];
    if (chosen !== undefined) this.#box?.setAttribute("aria-activedescendant", chosen.id);
  }
}

function peers({ left, right }: PageLadder): HTMLElement {
  const peer = ({ address, about }: PageLadder["left"]): HTMLElement =>
    h("div", {}, h("b", {}, address), h("span", { class: "quiet" }, about));
  return h("div", { class: "peers" }, peer(left), peer(right));
}
