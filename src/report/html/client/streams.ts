import type { PageStream, PageTunnel } from "../page-data.js";
import { chartsView } from "./charts.js";
import { h } from "./dom.js";

type Column = readonly [head: string, cell: (stream: PageStream) => string | number, isNumber: boolean];

const COLUMNS: readonly Column[] = [
  ["way", ({ way }) => way, false],
  ["in", ({ carrier }) => carrier, false],
  ["SPI", ({ spi }) => spi, false],
  ["packets", ({ packets }) => packets, true],
  ["bytes", ({ bytes }) => bytes, true],
  ["first (UTC)", ({ first }) => first, false],
  ["last", ({ last }) => last, false],
  ["sequence", ({ sequence }) => sequence, true],
  ["lost", ({ lost }) => lost, true],
  ["late", ({ late }) => late, true],
  ["duplicate", ({ duplicates }) => duplicates, true],
  ["largest, B", ({ largest }) => largest, true],
];

/** The ESP and AH streams of a tunnel as a table and as pictures; null where there are none. */
export function streamsView({ streams, streamsLeftOut, charts }: PageTunnel): HTMLElement | null {
  if (streams.length === 0) return null;
  const table = h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...COLUMNS.map(([head, , isNumber]) => h("th", { scope: "col", class: isNumber && "number" }, head)),
      ),
    ),
    h("tbody", {}, ...streams.map(streamRow)),
  );
  return h(
    "section",
    { class: "streams" },
    h("h3", {}, "ESP and AH streams"),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "ESP and AH streams" }, table),
    charts === null ? null : chartsView(charts),
    streamsLeftOut === 0 ? null : h("p", { class: "quiet" }, `${streamsLeftOut} more streams are not shown.`),
  );
}

function streamRow(stream: PageStream): HTMLElement {
  return h(
    "tr",
    {},
    ...COLUMNS.map(([, cell, isNumber]) => h("td", { class: isNumber && "number" }, String(cell(stream)))),
  );
}
