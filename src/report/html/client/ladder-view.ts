import type { PageArrow, PageLadder } from "../page-data.js";
import { button, h, svg } from "./dom.js";
import { arrowShape } from "./ladder-arrow.js";
import { layOut, MEASURE, type Layout, type PlacedArrow } from "./ladder-layout.js";

/** Width of a character of the diagram's font, and of the room beside the lifelines, CSS pixels. */
const CHARACTER = 7.3;
const NARROW = 560;

/** The exchanges of a tunnel as a sequence diagram that can be walked through with the arrow keys. */
export class LadderView {
  readonly element: HTMLElement;
  readonly #ladder: PageLadder;
  readonly #onChoose: (row: PageArrow) => void;
  readonly #holder = h("div", { class: "diagram" });
  readonly #note = h("p", { class: "quiet" });
  readonly #switch = button("Time to scale", () => this.#toggle(), {
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
      h("h3", {}, "Exchanges ", this.#switch),
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
    this.#box?.focus({ preventScroll: true });
    this.#rows[index]?.scrollIntoView({ block: "center" });
    return true;
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
    const narrow = this.#width < NARROW;
    const left = narrow ? 64 : 150;
    const right = this.#width - (narrow ? 10 : 24);
    const columns = Math.max(12, Math.floor((right - left - 24) / CHARACTER));
    const layout = layOut(this.#ladder.rows, columns, this.#toScale);
    this.#drawn = layout.arrows;
    this.#rows = layout.arrows.map((placed) => this.#row(placed, left, right, narrow));
    const height = layout.height + MEASURE.between;
    const box = svg(
      "svg",
      {
        width: this.#width,
        height,
        viewBox: `0 0 ${this.#width} ${height}`,
        role: "listbox",
        tabindex: 0,
        "aria-label": "Exchanges in order of time; arrow keys go from row to row",
      },
      ...heads(narrow),
      ...rails(layout, left, right),
      ...this.#rows,
    );
    box.addEventListener("keydown", (event) => this.#key(event));
    this.#box = box;
    const hadFocus = this.#holder.contains(document.activeElement);
    this.#holder.replaceChildren(box);
    if (hadFocus) box.focus({ preventScroll: true });
    this.#mark();
    const scale =
      layout.perSecond === null
        ? "Pauses are compressed."
        : `One second is ${layout.perSecond.toFixed(1)} px.`;
    this.#note.textContent = `+0 s is ${this.#ladder.start} UTC. ${scale} ${legend(this.#drawn)}`;
  }

  #row(placed: PlacedArrow, left: number, right: number, narrow: boolean): SVGGElement {
    const { row, index, top, arrow, bottom, label } = placed;
    const from = row.from ?? (row.to === "left" ? "right" : "left");
    const [first = "", ...rest] = row.frames;
    const frame = row.kind === "esp" || rest.length === 0 ? first : `${first} +${rest.length}`;
    const anchor = from === "left" ? "start" : "end";
    const labelX = from === "left" ? left + 12 : right - 12;
    const fateX = row.to === "left" ? left + 12 : right - 12;
    const group = svg(
      "g",
      {
        class: "row",
        id: `${this.#id}-row-${index}`,
        role: "option",
        "data-kind": row.kind,
        "data-fate": row.fate,
        "data-repeats": row.repeats,
        "aria-label": spoken(row, this.#ladder),
      },
      svg("rect", { class: "hit", x: 0, y: top, width: right + 8, height: bottom - top, rx: 4 }),
      svg("text", { class: "when", x: narrow ? 56 : 140, y: arrow + 4, "text-anchor": "end" }, row.time),
      svg(
        "text",
        { class: "frame", x: narrow ? 56 : 56, y: narrow ? arrow - 11 : arrow + 4, "text-anchor": "end" },
        frame,
      ),
      row.isCited ? svg("path", { class: "cited", d: `M${left - 5} ${arrow - 5}v10l5 -5z` }) : null,
      ...label.map((text, line) =>
        svg(
          "text",
          { class: "label", x: labelX, y: top + (line + 1) * MEASURE.line - 3, "text-anchor": anchor },
          text,
        ),
      ),
      ...arrowShape(row, left, right, arrow),
      row.fateText === null
        ? null
        : svg(
            "text",
            {
              class: "fate",
              x: fateX,
              y: arrow + MEASURE.space + MEASURE.fate - 2,
              "text-anchor": row.to === "left" ? "start" : "end",
            },
            row.fateText,
          ),
    );
    group.addEventListener("click", () => this.#choose(this.#drawn.indexOf(placed)));
    return group;
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

/** Names of the two columns beside the lifelines; on a narrow page the frame stands above the time and needs none. */
function heads(narrow: boolean): SVGElement[] {
  if (narrow) return [];
  const head = (x: number, text: string): SVGElement =>
    svg("text", { class: "when", x, y: 11, "text-anchor": "end" }, text);
  return [head(56, "frame"), head(140, "time")];
}

function peers({ left, right }: PageLadder): HTMLElement {
  const peer = ({ address, about }: PageLadder["left"]): HTMLElement =>
    h("div", {}, h("b", {}, address), h("span", { class: "quiet" }, about));
  return h("div", { class: "peers" }, peer(left), peer(right));
}

/** The two lifelines, broken where time was compressed. */
function rails({ pauses, height }: Layout, left: number, right: number): SVGElement[] {
  const bottom = height + MEASURE.between;
  return [
    ...[left, right].map((x) => svg("line", { class: "rail", x1: x, x2: x, y1: 0, y2: bottom })),
    ...pauses.flatMap(({ top, height: tall, text }) => [
      ...[left, right].map((x) =>
        svg("line", { class: "break", x1: x, x2: x, y1: top + 2, y2: top + tall - 2 }),
      ),
      svg(
        "text",
        { class: "pause", x: (left + right) / 2, y: top + tall / 2 + 4, "text-anchor": "middle" },
        text,
      ),
    ]),
  ];
}

function spoken(row: PageArrow, { left, right }: PageLadder): string {
  const name = (side: "left" | "right"): string => (side === "left" ? left.address : right.address);
  const way = row.from === null ? `to ${name(row.to)}` : `${name(row.from)} to ${name(row.to)}`;
  const fate = row.fateText === null ? "" : `, ${row.fateText}`;
  return `frame ${row.frames[0] ?? ""}, ${row.time}, ${way}: ${[row.title, ...row.details].join(", ")}${fate}`;
}

/** What the shapes mean, as far as the diagram has them. */
function legend(drawn: readonly PlacedArrow[]): string {
  const has = (test: (row: PageArrow) => boolean): boolean => drawn.some(({ row }) => test(row));
  const signs = [
    has(({ isCited }) => isCited) ? "triangle: a finding cites it" : "",
    has(({ repeats }) => repeats) ? "dashed: sent again" : "",
    has(({ fate }) => fate === "unanswered") ? "cross: no answer in the capture" : "",
    has(({ fate }) => fate === "incomplete") ? "broken line with a cross: fragments are missing" : "",
    has(({ fate }) => fate === "repeated") ? "ring: asked again, it or its answer may be lost or late" : "",
    has(({ fate }) => fate === "refused") ? "square: refused" : "",
    has(({ kind }) => kind === "esp") ? "double line: ESP or AH" : "",
    has(({ kind }) => kind === "icmp") ? "dotted with a diamond: ICMP error" : "",
  ].filter((sign) => sign !== "");
  return signs.length === 0 ? "" : `Signs: ${signs.join("; ")}.`;
}
