import type { PageList, PageTunnelRow } from "../page-data.js";
import { button, h } from "./dom.js";
import { linkTo } from "./place.js";

/** Rows that are made at once, however many tunnels there are; more on demand. */
const ROWS = 100;
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
  readonly #body = h("tbody");
  readonly #count = h("p", { class: "quiet", role: "status" });
  readonly #more = button("", () => this.#showMore(), { class: "more" });
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
  #shown: readonly PageTunnelRow[];
  #rows = ROWS;
  #current: number | null = null;

  constructor(data: PageList) {
    this.#data = data;
    this.#shown = data.tunnels;
    this.#words = new Map(data.tunnels.map((tunnel) => [tunnel, searchText(tunnel)]));
    this.#heads = COLUMNS.map(([head, , hides], column) =>
      h(
        "th",
        { scope: "col", class: hides },
        button(head, () => this.#sortBy(column), { class: "sort" }),
      ),
    );
    this.#search.addEventListener("input", () => this.#update());
    this.element = this.#build();
    this.#update();
  }

  /** Marks the tunnel that is shown below. */
  choose(id: number): void {
    this.#current = id;
    for (const row of this.#body.children) mark(row, row.getAttribute("data-tunnel") === String(id));
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
      h(
        "div",
        { class: "frame", tabindex: 0, role: "region", "aria-label": "List of tunnels" },
        h("table", { class: "tunnels" }, h("thead", {}, h("tr", {}, ...this.#heads)), this.#body),
        this.#more,
      ),
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
    this.#shown = this.#column === null ? kept : sorted(kept, this.#column, this.#descending);
    this.#rows = ROWS;
    this.#draw();
  }

  #showMore(): void {
    const first = this.#rows;
    this.#rows += ROWS;
    this.#draw();
    this.#body.children[first]?.querySelector("a")?.focus();
  }

  #draw(): void {
    const rows = this.#shown.slice(0, this.#rows).map((tunnel) => this.#row(tunnel));
    this.#body.replaceChildren(...rows);
    const left = this.#shown.length - rows.length;
    this.#more.hidden = left === 0;
    this.#more.textContent = `Show ${Math.min(left, ROWS)} more of ${left}`;
    this.#count.textContent = `${this.#shown.length} of ${this.#data.tunnels.length} tunnels`;
  }

  #row(tunnel: PageTunnelRow): HTMLElement {
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
