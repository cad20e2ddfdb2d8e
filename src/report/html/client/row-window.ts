import { h } from "./dom.js";

/** Fewer rows are simply there, as high as their texts make them. */
const PLAIN_ROWS = 100;
/** Rows that are drawn beyond what is seen, above and below. */
const BEYOND = 20;
/** The rows that are seen before the browser has laid the table out; each has one line then. */
const FIRST = { seen: 40, height: 32 } as const;

/** The body of a long table, of which only the rows around what is seen are made; the rest is empty space as high as they are. */
export class RowWindow<Item> {
  readonly body = h("tbody");
  /** The table in a frame that scrolls. */
  readonly frame: HTMLElement;
  readonly #table: HTMLElement;
  readonly #makeRow: (item: Item) => HTMLTableRowElement;
  #items: readonly Item[] = [];
  /** Those that are drawn, by their place among all. */
  #rows = new Map<number, HTMLTableRowElement>();
  /** From the top of one row to the top of the next one, in CSS pixels; null until rows are laid out. */
  #measured: number | null = null;
  /** The height for which the empty space was made. */
  #spaced = 0;

  constructor(head: HTMLElement, label: string, makeRow: (item: Item) => HTMLTableRowElement) {
    this.#makeRow = makeRow;
    this.#table = h("table", { class: "tunnels" }, head, this.body);
    this.frame = h("div", { class: "frame", tabindex: 0, role: "region", "aria-label": label }, this.#table);
    this.frame.addEventListener("scroll", () => this.#draw());
    this.body.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => {
      this.#measured = null;
      this.#draw();
    }).observe(this.frame);
    addEventListener("beforeprint", () => this.#print());
    addEventListener("afterprint", () => this.#draw());
  }

  /** Shows these from the first one on. */
  show(items: readonly Item[]): void {
    this.frame.scrollTop = 0;
    this.refresh(items);
  }

  /** Shows these in place of others, where whoever reads is. */
  refresh(items: readonly Item[]): void {
    this.#items = items;
    this.#rows.clear();
    this.#table.classList.toggle("many", items.length > PLAIN_ROWS);
    this.#table.setAttribute("aria-rowcount", String(items.length));
    this.#draw();
  }

  /** Scrolls the frame to the row of that place among all, unless it is seen already; the page itself stays. */
  reveal(at: number): void {
    if (at < 0 || at >= this.#items.length) return;
    this.#draw();
    const row = this.#rows.get(at);
    const height = row?.offsetHeight ?? this.#height;
    // Below the head of the table, which stays at the top.
    const top =
      this.#items.length > PLAIN_ROWS ? at * this.#height : (row?.offsetTop ?? 0) - this.body.offsetTop;
    const room = this.frame.clientHeight - this.body.offsetTop;
    if (top >= this.frame.scrollTop && top + height <= this.frame.scrollTop + room) return;
    this.frame.scrollTop = Math.max(0, top - Math.floor((room - height) / 2));
    this.#draw();
  }

  get #height(): number {
    return this.#measured ?? FIRST.height;
  }

  #draw(): void {
    const count = this.#items.length;
    if (count <= PLAIN_ROWS) {
      this.#fill(0, count);
      return;
    }
    this.#measured ??= pitch([...this.#rows.values()]);
    const seen = Math.ceil(this.frame.clientHeight / this.#height) || FIRST.seen;
    const top = Math.floor(this.frame.scrollTop / this.#height);
    this.#fill(Math.max(0, Math.min(count - seen, top) - BEYOND), Math.min(count, top + seen + BEYOND));
  }

  /** Rows that stay keep their elements, and with them the focus. */
  #fill(from: number, to: number): void {
    const rows = new Map<number, HTMLTableRowElement>();
    for (const [offset, item] of this.#items.slice(from, to).entries()) {
      const at = from + offset;
      const row = this.#rows.get(at) ?? this.#makeRow(item);
      row.setAttribute("aria-rowindex", String(at + 1));
      rows.set(at, row);
    }
    const isSame = rows.size === this.#rows.size && [...rows.keys()].every((at) => this.#rows.has(at));
    const height = this.#height;
    if (isSame && this.#spaced === height && this.body.childElementCount > 0 && rows.size > 0) return;
    this.#rows = rows;
    this.#spaced = height;
    const space = (count: number): HTMLElement[] =>
      count <= 0
        ? []
        : [h("tr", { class: "space", "aria-hidden": "true" }, h("td", { height: count * height }))];
    this.#replace([...space(from), ...rows.values(), ...space(this.#items.length - to)]);
  }

  /** Puts the wanted elements there without taking one away that stays. */
  #replace(wanted: readonly HTMLElement[]): void {
    const keep = new Set<Element>(wanted);
    for (const child of Array.from(this.body.children)) if (!keep.has(child)) child.remove();
    for (const [index, element] of wanted.entries()) {
      if (this.body.children[index] !== element)
        this.body.insertBefore(element, this.body.children[index] ?? null);
    }
  }

  /** From the link of a row the arrow keys go to that of the next one. */
  #key(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    // The event of the scrolling that the last key brought may still be to come.
    this.#draw();
    const row = event.target.closest("tr");
    const at = Number(row?.getAttribute("aria-rowindex") ?? 0) - 1 + step;
    const next = this.#rows.get(at)?.querySelector("a");
    if (next === null || next === undefined) return;
    event.preventDefault();
    next.focus();
  }

  /** On paper there is no scrolling: the first rows are printed. */
  #print(): void {
    this.#fill(0, Math.min(PLAIN_ROWS, this.#items.length));
  }
}

/**
 * From the top of one row to the top of the next one, in CSS pixels, with its fraction; null where it is not known.
 * The rows at both ends share a border with the empty space and can be half a pixel higher than the others.
 */
function pitch(rows: readonly HTMLElement[]): number | null {
  const inner = rows.slice(1);
  const [first, last] = [inner[0], inner.at(-1)];
  if (first === undefined || last === undefined || inner.length < 2) return null;
  const height = last.getBoundingClientRect().top - first.getBoundingClientRect().top;
  return height > 0 ? height / (inner.length - 1) : null;
}
