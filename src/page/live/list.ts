import { humanDuration } from "../../bytes/time.js";
import { button, h } from "../../report/html/client/dom.js";
import { filterInput, wordsIn } from "../../report/html/client/filter-input.js";
import { label, word } from "../../report/html/client/labels.js";
import { linkTo } from "../../report/html/client/link.js";
import { RowWindow } from "../../report/html/client/row-window.js";
import type { LiveRow, LiveState } from "../../report/html/live/data.js";

interface Column {
  readonly head: () => string;
  /** By what it orders the rows. */
  readonly by: (row: LiveRow) => string | number;
  /** Which end comes first with the first click. */
  readonly first: "smallest" | "largest";
  /** Class of what a narrow page leaves out; the tunnel below has it. */
  readonly hides: "" | "narrow";
}

const COLUMNS: readonly Column[] = [
  { head: () => label`tunnel`, by: ({ id }) => id, first: "smallest", hides: "" },
  { head: () => label`peers`, by: ({ peers }) => peers, first: "smallest", hides: "" },
  {
    head: () => label`state`,
    by: ({ state, phase }) => `${state} ${phase ?? ""}`,
    first: "smallest",
    hides: "",
  },
  // An age: the later it began, the smaller it is.
  { head: () => label`for`, by: ({ since }) => -since, first: "smallest", hides: "narrow" },
  // Rows without a finding come behind all others.
  { head: () => label`finding`, by: ({ codes }) => codes[0] ?? "~", first: "smallest", hides: "" },
  { head: () => label`packets/s`, by: ({ rates }) => rates[0] + rates[1], first: "largest", hides: "narrow" },
  { head: () => label`lost`, by: ({ lost }) => lost[0] + lost[1], first: "largest", hides: "narrow" },
  { head: () => label`heard`, by: ({ heard }) => -heard, first: "largest", hides: "narrow" },
];

/** A column that orders the rows. */
interface Order {
  readonly column: Column;
  readonly descends: boolean;
}

/**
 * The tunnels as they stand, filtered by words; drawn anew with each message. The worst come first, as the server sends them, until
 * a column is clicked; the third click on it leads back.
 */
export class LiveList {
  readonly element: HTMLElement;
  readonly #search = filterInput(() => this.#update());
  readonly #count = h("p", { class: "quiet", role: "status" });
  readonly #window: RowWindow<LiveRow>;
  readonly #heads: readonly HTMLElement[];
  #order: Order | null = null;
  #rows: readonly LiveRow[] = [];
  /** Those that stay behind the filter, in their order. */
  #shown: readonly LiveRow[] = [];
  #now = 0;
  #leftOut = 0;
  #current: number | null = null;

  constructor() {
    this.#heads = COLUMNS.map((column) =>
      h(
        "th",
        { scope: "col", class: column.hides },
        button(column.head(), () => this.#orderBy(column), { class: "sort" }),
      ),
    );
    this.#window = new RowWindow(h("thead", {}, h("tr", {}, ...this.#heads)), label`List of tunnels`, (row) =>
      this.#row(row),
    );
    this.element = h(
      "section",
      { class: "list", id: "list", "aria-label": label`Tunnels` },
      h("div", { class: "filters" }, h("label", { for: "filter" }, label`Filter `), this.#search),
      this.#count,
      this.#window.frame,
    );
  }

  #orderBy(column: Column): void {
    const before = this.#order?.column === column ? this.#order : null;
    const descends = column.first === "largest";
    if (before === null) this.#order = { column, descends };
    else this.#order = before.descends === descends ? { column, descends: !descends } : null;
    for (const [index, head] of this.#heads.entries()) {
      if (COLUMNS[index] !== this.#order?.column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.#order?.descends === true ? "descending" : "ascending");
    }
    this.#window.frame.scrollTop = 0;
    this.#update();
  }

  /** Shows these rows, of which one is that of the tunnel below. */
  show(rows: readonly LiveRow[], { time, tunnelsLeftOut }: LiveState, current: number | null): void {
    [this.#rows, this.#now, this.#leftOut, this.#current] = [rows, time, tunnelsLeftOut, current];
    this.#update();
  }

  /** Brings the row of a tunnel into view. */
  reveal(id: number): void {
    this.#window.reveal(this.#shown.findIndex((row) => row.id === id));
  }

  #update(): void {
    const words = wordsIn(this.#search);
    const kept = this.#rows.filter((row) => {
      const text = searchText(row);
      return words.every((one) => text.includes(one));
    });
    // Rows are made anew: a link that has the focus keeps it.
    const focused = this.#window.body.contains(document.activeElement)
      ? document.activeElement?.closest("tr")?.getAttribute("data-tunnel")
      : null;
    this.#shown = ordered(kept, this.#order);
    this.#window.refresh(this.#shown);
    if (typeof focused === "string") {
      this.#window.body
        .querySelector<HTMLElement>(`[data-tunnel="${focused}"] a`)
        ?.focus({ preventScroll: true });
    }
    const count = label`${kept.length} of ${this.#rows.length} tunnels`;
    this.#count.textContent =
      this.#leftOut === 0 ? count : label`${count}; ${this.#leftOut} more, none worse, are not shown`;
  }

  #row(row: LiveRow): HTMLTableRowElement {
    const { id, peers, state, since, phase, codes, rates, lost, heard } = row;
    const name = word(state.replaceAll("-", " "));
    const element = h(
      "tr",
      { "data-tunnel": id, "aria-current": id === this.#current ? "true" : null },
      h("td", {}, String(id)),
      h("td", {}, h("a", { href: linkTo(id) }, peers)),
      h(
        "td",
        {},
        h(
          "span",
          { class: "badge", "data-status": state },
          phase === null ? name : label`${name} in ${phase}`,
        ),
      ),
      h("td", { class: "narrow" }, this.#ago(since)),
      h("td", {}, codes.join(", ")),
      h("td", { class: "narrow" }, `${rates[0]} / ${rates[1]}`),
      h("td", { class: "narrow" }, `${lost[0]} / ${lost[1]}`),
      h("td", { class: "narrow" }, this.#ago(heard)),
    );
    element.addEventListener("click", ({ target }) => {
      if (!(target instanceof HTMLAnchorElement)) location.hash = linkTo(id);
    });
    return element;
  }

  #ago(time: number): string {
    return humanDuration(Math.max(0, Math.round((this.#now - time) / 1e6) * 1e6));
  }
}

function ordered(rows: readonly LiveRow[], order: Order | null): readonly LiveRow[] {
  if (order === null) return rows;
  const { column, descends } = order;
  const way = descends ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [column.by(a), column.by(b)];
    const difference =
      typeof one === "number" && typeof other === "number"
        ? one - other
        : String(one).localeCompare(String(other), "en", { numeric: true });
    return difference * way || a.id - b.id;
  });
}

function searchText({ id, peers, state, phase, codes }: LiveRow): string {
  const said = word(state.replaceAll("-", " "));
  return [String(id), peers, state, said, phase, ...codes].join(" ").toLowerCase();
}
