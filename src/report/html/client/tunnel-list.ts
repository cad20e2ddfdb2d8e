import type { PageList } from "../page-data.js";
import type { PageTunnelRow } from "../page-tunnel.js";
import { button, h } from "./dom.js";
import { linkTo } from "./link.js";
import { RowWindow } from "./row-window.js";
import { filterInput, wordsIn } from "./filter-input.js";
import { label, word } from "./labels.js";

/** Findings that have a button of their own; all others are found by their code. */
const CHIPS = 12;

interface Column {
  /** How its cells are drawn. */
  readonly kind: "plain" | "peers" | "status";
  readonly head: () => string;
  readonly cell: (tunnel: PageTunnelRow) => string | number;
  /** Class of what a narrow page leaves out. */
  readonly hides: "" | "narrow";
}

const ORDER: readonly string[] = ["failing", "suspected", "degraded", "nothing-to-judge", "up", "healthy"];

const COLUMNS: readonly Column[] = [
  { kind: "plain", head: () => label`tunnel`, cell: ({ id }) => id, hides: "" },
  { kind: "peers", head: () => label`peers`, cell: ({ peers }) => peers, hides: "" },
  { kind: "status", head: () => label`status`, cell: ({ status }) => status, hides: "" },
  { kind: "plain", head: () => label`phase`, cell: ({ phase }) => phase ?? "", hides: "narrow" },
  { kind: "plain", head: () => label`finding`, cell: ({ root }) => root ?? "", hides: "" },
  { kind: "plain", head: () => "IKE", cell: ({ ikeMessages }) => ikeMessages, hides: "narrow" },
  { kind: "plain", head: () => "ESP", cell: ({ espPackets }) => espPackets, hides: "narrow" },
  { kind: "plain", head: () => label`first seen`, cell: ({ start }) => start, hides: "narrow" },
];

/** The list of tunnels: sorted by a click on a column, filtered by words, status and finding. */
export class TunnelList {
  readonly element: HTMLElement;
  readonly #data: PageList;
  readonly #count = h("p", { class: "quiet", role: "status" });
  readonly #window: RowWindow<PageTunnelRow>;
  readonly #heads: HTMLElement[];
  readonly #search = filterInput(() => this.#update());
  readonly #chosen = new Set<string>();
  readonly #words: ReadonlyMap<PageTunnelRow, string>;
  /** Column that orders the list, and which way; null for worst first, as the tunnels come. */
  #column: number | null = null;
  #descending = false;
  #current: number | null = null;
  /** The rows that stay behind the filter, in their order. */
  #shown: readonly PageTunnelRow[] = [];

  constructor(data: PageList) {
    this.#data = data;
    this.#words = new Map(data.tunnels.map((tunnel) => [tunnel, searchText(tunnel)]));
    this.#heads = COLUMNS.map(({ head, hides }, column) =>
      h(
        "th",
        { scope: "col", class: hides },
        button(head(), () => this.#sortBy(column), { class: "sort" }),
      ),
    );
    this.#window = new RowWindow(
      h("thead", {}, h("tr", {}, ...this.#heads)),
      label`List of tunnels`,
      (tunnel) => this.#row(tunnel),
    );
    this.element = this.#build();
    this.#update();
  }

  /** Marks the tunnel that is shown below, and brings its row into view. */
  choose(id: number): void {
    this.#current = id;
    this.#window.reveal(this.#shown.findIndex((tunnel) => tunnel.id === id));
    for (const row of this.#window.body.children) mark(row, row.getAttribute("data-tunnel") === String(id));
  }

  #build(): HTMLElement {
    const { counts, kinds, tunnels, tunnelsLeftOut } = this.#data;
    return h(
      "section",
      { class: "list", id: "list", "aria-label": label`Tunnels` },
      h("h2", {}, label`${tunnels.length + tunnelsLeftOut} tunnels`),
      tunnelsLeftOut === 0
        ? null
        : h("p", {}, label`This page holds the worst ${tunnels.length}; the report as JSON has all.`),
      h(
        "div",
        { class: "filters" },
        h("label", { for: "filter" }, label`Filter `),
        this.#search,
        h(
          "div",
          { class: "chips" },
          ...counts.map(({ status, count }) =>
            this.#chip(`status:${status}`, `${word(status.replaceAll("-", " "))} ${count}`),
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
    const words = wordsIn(this.#search);
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
    this.#window.show(this.#shown);
    this.#count.textContent = label`${kept.length} of ${this.#data.tunnels.length} tunnels`;
  }

  #row(tunnel: PageTunnelRow): HTMLTableRowElement {
    const { id, peers, status } = tunnel;
    const row = h(
      "tr",
      { "data-tunnel": id },
      ...COLUMNS.map(({ kind, cell, hides }) => {
        switch (kind) {
          case "peers":
            return h("td", {}, h("a", { href: linkTo(id) }, peers));
          case "status":
            return h(
              "td",
              {},
              h("span", { class: "badge", "data-status": status }, word(status.replaceAll("-", " "))),
            );
          case "plain":
            return h("td", { class: hides }, String(cell(tunnel)));
        }
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
  const said = word(status.replaceAll("-", " "));
  return [String(id), peers, status, said, phase, version, ...codes, ...facts].join(" ").toLowerCase();
}

function sorted(
  tunnels: readonly PageTunnelRow[],
  column: number,
  descending: boolean,
): readonly PageTunnelRow[] {
  const by = COLUMNS[column];
  const key = (tunnel: PageTunnelRow): string | number =>
    by?.kind === "status" ? ORDER.indexOf(tunnel.status) : (by?.cell(tunnel) ?? 0);
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
