import type { PageCharts, PageMatrix, PageRate, PageSizes } from "../page-charts.js";
import { h, svg } from "./dom.js";
import { label } from "./labels.js";

/** Height of a picture in its own units; the page stretches it. */
const TALL = 100;
/** Bytes of the size axis: beyond 1500 only where there are larger packets. */
const AXIS = 1600;

/** The traffic over time, by size, and which stream answers which. */
export function chartsView(charts: PageCharts): HTMLElement {
  const most = Math.max(1, ...charts.rates.flatMap(({ packets }) => packets));
  return h(
    "div",
    { class: "charts" },
    h(
      "figure",
      {},
      h(
        "figcaption",
        {},
        label`Packets over time, ${charts.from} to ${charts.to}; a bar is ${charts.bin}, the tallest ${most} packet${most === 1 ? "" : "s"}`,
      ),
      ...charts.rates.map((rate) => rateView(rate, most)),
    ),
    h(
      "figure",
      {},
      h(
        "figcaption",
        {},
        label`Packets by size, from 0 B: the solid part of a bar was followed by a packet of the peer; the line is the largest ESP packet that fits the MTU`,
      ),
      ...charts.sizes.map(sizesView),
    ),
    charts.matrix === null ? null : matrixView(charts.matrix),
  );
}

function rateView({ name, total, packets, pause }: PageRate, most: number): HTMLElement {
  const counted = label`${total} packets`;
  const text = pause === null ? counted : label`${counted}, longest pause ${pause.text}`;
  const picture = svg(
    "svg",
    {
      viewBox: `0 0 ${packets.length} ${TALL}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `${name}: ${text}`,
    },
    ...packets.map((count, bin) => bar(bin, count / most, "bar")),
    pause === null
      ? null
      : svg("line", { class: "gap", x1: pause.from, x2: pause.to, y1: TALL / 2, y2: TALL / 2 }),
  );
  return strip(name, picture, text);
}

function sizesView({
  name,
  width,
  packets,
  answered,
  smallest,
  largest,
  room,
  ...rest
}: PageSizes): HTMLElement {
  const bins = Math.max(AXIS / width, packets.length);
  const most = Math.max(1, ...packets);
  const at = room / width;
  const range = smallest === largest ? `${largest} B` : label`${smallest} to ${largest} B`;
  const mtu = rest.isMtuByIcmp ? label`MTU ${rest.mtu} (by ICMP)` : `MTU ${rest.mtu}`;
  const text = label`${range}; ${mtu} leaves ${room} B`;
  const picture = svg(
    "svg",
    {
      viewBox: `0 0 ${bins} ${TALL}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `${name}: ${text}`,
    },
    ...packets.map((count, bin) => bar(bin, count / most, "hollow")),
    ...answered.map((count, bin) => bar(bin, count / most, "bar")),
    svg("line", { class: "limit", x1: at, x2: at, y1: 0, y2: TALL }),
  );
  return strip(name, picture, text);
}

/** A bar that is there is seen, however low it is. */
function bar(bin: number, share: number, kind: string): SVGElement | null {
  if (share === 0) return null;
  const height = Math.max(4, share * TALL);
  return svg("rect", { class: kind, x: bin + 0.08, y: TALL - height, width: 0.84, height });
}

function strip(name: string, picture: SVGElement, text: string): HTMLElement {
  return h("div", { class: "strip" }, h("code", {}, name), picture, h("span", { class: "quiet" }, text));
}

function matrixView({ rows, columns, turns }: PageMatrix): HTMLElement {
  const most = Math.max(1, ...turns.flat());
  return h(
    "figure",
    {},
    h(
      "figcaption",
      {},
      label`Which streams answer each other: how often a packet of the one followed a packet of the other`,
    ),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": label`Which streams answer each other` },
      h(
        "table",
        { class: "matrix" },
        h(
          "thead",
          {},
          h("tr", {}, h("td"), ...columns.map((name) => h("th", { scope: "col" }, h("code", {}, name)))),
        ),
        h(
          "tbody",
          {},
          ...rows.map((name, row) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, h("code", {}, name)),
              ...(turns[row] ?? []).map((count) =>
                h("td", { class: count > most / 4 ? "number strong" : "number" }, String(count)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
