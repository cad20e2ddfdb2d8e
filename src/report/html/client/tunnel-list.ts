import type { PageList, PageTunnelRow } from "../page-data.js";
import { button, h } from "./dom.js";
import { linkTo } from "./place.js";
import { RowWindow } from "./row-window.js";

/** Findings that have a button of their own; all others are found by their code. */
const CHIPS = 12;

type Order = readonly [head: string, cell: (tunnel: PageTunnelRow) => string | number, hides: string];

const ORDER: readonly string[] = ["failing", "suspected", "degraded", "nothing-to-judge", "up", "healthy"];

const COLUMNS: readonly Order[] = [
  ["tunnel", ({ id }) => id, ""],
  ["peers", ({ peers }) => peers, ""],
  ["status", ({ status }) => status, ""],
  ["phase", ({ phase }) => phase ?? "", "narrow"],
  ["finding", ({ root }) => root ?? "", ""],
  ["IKE", ({ ikeMessages }) => ikeMessages, "narrow"],
  ["ESP", ({ espPackets }) => espPackets, "narrow"],
  ["first seen", ({ start }) => start, "narrow"],
];

/** The list of tunnels: sorted by a click on a column, filtered by words, status and finding. */
export class TunnelList {
  readonly element: HTMLElement;
  readonly #data: PageList;
  readonly #count = h("p", { class: "quiet", role: "status" });
  readonly #window: RowWindow<PageTunnelRow>;
  readonly #heads: HTMLElement[];
  readonly #search = h("input", {
    type: "search",
    id: "filter",
    placeholder: "address, finding, phase ...",
    autocomplete: "off",
    spellcheck: "false",
  });
  readonly #chosen = new Set<string>();
  readonly #words: ReadonlyMap<PageTunnelRow, string>;
  /** Column that orders the list, and which way; null for worst first, as the tunnels come. */
  #column: number | null = null;
  #descending = false;
  #current: number | null = null;

  constructor(data: PageList) {
    this.#data = data;
    this.#words = new Map(data.tunnels.map((tunnel) => [tunnel, searchText(tunnel)]));
    this.#heads = COLUMNS.map(([head, , hides], column) =>
      h(
        "th",
        { scope: "col", class: hides },
        button(head, () => this.#sortBy(column), { class: "sort" }),
      ),
    );
    this.#window = new RowWindow(h("thead", {}, h("tr", {}, ...this.#heads)), "List of tunnels", (tunnel) =>
      this.#row(tunnel),
    );
    this.#search.addEventListener("input", () => this.#update());
    this.element = this.#build();
    this.#update();
  }

  /** Marks the tunnel that is shown below. */
  choose(id: number): void {
    this.#current = id;
    for (const row of this.#window.body.children) mark(row, row.getAttribute("data-tunnel") === String(id));
  }

  #build(): HTMLElement {
    const { counts, kinds, tunnels, tunnelsLeftOut } = this.#data;
    return h(
      "section",
      { class: "list", id: "list", "aria-label": "Tunnels" },
      h("h2", {}, `${tunnels.length + tunnelsLeftOut} tunnels`),
      tunnelsLeftOut === 0
        ? null
        : h("p", {}, `This page holds the worst ${tunnels.length}; the report as JSON has all.`),
      h(
        "div",
        { class: "filters" },
        h("label", { for: "filter" }, "Filter "),
        this.#search,
        h(
          "div",
          { class: "chips" },
          ...counts.map(({ status, count }) =>
            this.#chip(`status:${status}`, `${status.replaceAll("-", " ")} ${count}`),
          ),
          ...kinds.slice(0, CHIPS).map(({ code, count }) => this.#chip(`code:${code}`, `${code} ${count}`)),
        ),
      ),
      this.#count,
      this.#window.frame,
    );
  }

  #chip(key: string, text: string): HTMLElement {
    const chip = button(
      text,
      () => {
        const isOn = !this.#chosen.delete(key);
        if (isOn) this.#chosen.add(key);
        chip.setAttribute("aria-pressed", String(isOn));
        this.#update();
      },
      { class: "chip", "aria-pressed": "false" },
    );
    return chip;
  }

  #sortBy(column: number): void {
    this.#descending = this.#column === column && !this.#descending;
    this.#column = column;
    for (const [index, head] of this.#heads.entries()) {
      if (index === column) head.setAttribute("aria-sort", this.#descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.#update();
  }

  #update(): void {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = (kind: string): string[] =>
      [...this.#chosen].filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length));
    const [statuses, codes] = [chosen("status:"), chosen("code:")];
    const kept = this.#data.tunnels.filter(
      (tunnel) =>
        (statuses.length === 0 || statuses.includes(tunnel.status)) &&
        (codes.length === 0 || tunnel.codes.some((code) => codes.includes(code))) &&
        words.every((word) => this.#words.get(tunnel)?.includes(word)),
    );
    this.#window.show(this.#column === null ? kept : sorted(kept, this.#column, this.#descending));
    this.#count.textContent = `${kept.length} of ${this.#data.tunnels.length} tunnels`;
  }

  #row(tunnel: PageTunnelRow): HTMLTableRowElement {
    const { id, peers, status } = tunnel;
    const row = h(
      "tr",
      { "data-tunnel": id },
      ...COLUMNS.map(([head, cell, hides]) => {
        const text = String(cell(tunnel));
        if (head === "peers") return h("td", {}, h("a", { href: linkTo(id) }, peers));
        if (head !== "status") return h("td", { class: hides }, text);
        return h("td", {}, h("span", { class: "badge", "data-status": status }, status.replaceAll("-", " ")));
      }),
    );
    // The link is for keyboards and screen readers; a click anywhere in the row does the same.
    row.addEventListener("click", ({ target }) => {
      if (!(target instanceof HTMLAnchorElement)) location.hash = linkTo(id);
    });
    mark(row, id === this.#current);
    return row;
  }
}

function mark(row: Element, isCurrent: boolean): void {
  if (isCurrent) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
}

function searchText({ id, peers, status, phase, version, codes, facts }: PageTunnelRow): string {
  return [String(id), peers, status, phase, version, ...codes, ...facts].join(" ").toLowerCase();
}

function sorted(
  tunnels: readonly PageTunnelRow[],
  column: number,
  descending: boolean,
): readonly PageTunnelRow[] {
  const [head, cell] = COLUMNS[column] ?? COLUMNS[0] ?? ["", () => 0];
  const key = (tunnel: PageTunnelRow): string | number =>
    head === "status" ? ORDER.indexOf(tunnel.status) : cell(tunnel);
  const way = descending ? -1 : 1;
  return tunnels.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    const difference =
      typeof one === "number" && typeof other === "number"
        ? one - other
        : String(one).localeCompare(String(other), "en", { numeric: true });
    return difference * way || a.id - b.id;
  });
}
