import { humanDuration } from "../../bytes/time.js";
import { h } from "../../report/html/client/dom.js";
import { filterInput, wordsIn } from "../../report/html/client/filter-input.js";
import { label, word } from "../../report/html/client/labels.js";
import { linkTo } from "../../report/html/client/place.js";
import { RowWindow } from "../../report/html/client/row-window.js";
import type { LiveRow, LiveState } from "../../report/html/live/data.js";

/** The tunnels as they stand, filtered by words; drawn anew with each message. */
export class LiveList {
  readonly element: HTMLElement;
  readonly #search = filterInput(() => this.#update());
  readonly #count = h("p", { class: "quiet", role: "status" });
  readonly #window: RowWindow<LiveRow>;
  #rows: readonly LiveRow[] = [];
  #now = 0;
  #leftOut = 0;
  #current: number | null = null;

  constructor() {
    const heads = [
      label`tunnel`,
      label`peers`,
      label`state`,
      label`for`,
      label`finding`,
      label`packets/s`,
      label`lost`,
      label`heard`,
    ];
    this.#window = new RowWindow(
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      label`List of tunnels`,
      (row) => this.#row(row),
    );
    this.element = h(
      "section",
      { class: "list", id: "list", "aria-label": label`Tunnels` },
      h("div", { class: "filters" }, h("label", { for: "filter" }, label`Filter `), this.#search),
      this.#count,
      this.#window.frame,
    );
  }

  /** Shows these rows, of which one is that of the tunnel below. */
  show(rows: readonly LiveRow[], { time, tunnelsLeftOut }: LiveState, current: number | null): void {
    [this.#rows, this.#now, this.#leftOut, this.#current] = [rows, time, tunnelsLeftOut, current];
    this.#update();
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
    this.#window.refresh(kept);
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
      h("td", {}, this.#ago(since)),
      h("td", {}, codes.join(", ")),
      h("td", {}, `${rates[0]} / ${rates[1]}`),
      h("td", {}, `${lost[0]} / ${lost[1]}`),
      h("td", {}, this.#ago(heard)),
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

function searchText({ id, peers, state, phase, codes }: LiveRow): string {
  const said = word(state.replaceAll("-", " "));
  return [String(id), peers, state, said, phase, ...codes].join(" ").toLowerCase();
}
