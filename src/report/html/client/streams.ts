import type { PageChildSa, PageStream, PageTunnel } from "../page-tunnel.js";
import { chartsView } from "./charts.js";
import { h } from "./dom.js";
import { label } from "./labels.js";

interface Column<Row> {
  readonly head: () => string;
  readonly cell: (row: Row) => string | number;
  readonly isNumber?: true;
  /** Sentences, which may be broken into lines. */
  readonly isProse?: true;
  /** Its head says the time zone, too. */
  readonly isTime?: true;
}

const CHILD_SAS: readonly Column<PageChildSa>[] = [
  { head: () => "-> SPI", cell: ({ forward }) => forward },
  { head: () => "<- SPI", cell: ({ backward }) => backward },
  { head: () => label`packets -> / <-`, cell: ({ packets }) => packets, isNumber: true },
  { head: () => label`first`, isTime: true, cell: ({ first }) => first },
  { head: () => label`last`, cell: ({ last }) => last },
  { head: () => label`made by`, cell: ({ madeBy }) => madeBy },
  { head: () => label`paired, because`, cell: ({ pairedBy }) => pairedBy, isProse: true },
];

const STREAMS: readonly Column<PageStream>[] = [
  { head: () => label`direction`, cell: ({ way }) => way },
  { head: () => label`in`, cell: ({ carrier }) => carrier },
  { head: () => "SPI", cell: ({ spi }) => spi },
  { head: () => label`packets`, cell: ({ packets }) => packets, isNumber: true },
  { head: () => label`bytes`, cell: ({ bytes }) => bytes, isNumber: true },
  { head: () => label`first`, isTime: true, cell: ({ first }) => first },
  { head: () => label`last`, cell: ({ last }) => last },
  { head: () => label`sequence`, cell: ({ sequence }) => sequence, isNumber: true },
  { head: () => label`lost`, cell: ({ lost }) => lost, isNumber: true },
  { head: () => label`late`, cell: ({ late }) => late, isNumber: true },
  { head: () => label`duplicate`, cell: ({ duplicates }) => duplicates, isNumber: true },
  { head: () => label`largest, B`, cell: ({ largest }) => largest, isNumber: true },
];

/** The Child SAs and the ESP and AH streams of a tunnel as tables and as pictures; null where there are none. */
export function streamsView(
  { childSas, streams, streamsLeftOut, charts }: PageTunnel,
  zone: string,
): HTMLElement | null {
  if (streams.length === 0) return null;
  return h(
    "section",
    { class: "streams" },
    ...(childSas.length === 0
      ? []
      : [h("h3", {}, label`Child SAs`), table(label`Child SAs`, CHILD_SAS, childSas, zone)]),
    h("h3", {}, label`ESP and AH streams`),
    table(label`ESP and AH streams`, STREAMS, streams, zone),
    charts === null ? null : chartsView(charts),
    streamsLeftOut === 0
      ? null
      : h("p", { class: "quiet" }, label`${streamsLeftOut} more streams are not shown.`),
  );
}

function table<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  zone: string,
): HTMLElement {
  const heads = columns.map(({ head, isNumber = false, isTime = false }) =>
    h("th", { scope: "col", class: isNumber && "number" }, isTime ? `${head()} (${zone})` : head()),
  );
  const cells = (row: Row): HTMLElement[] =>
    columns.map(({ cell, isNumber = false, isProse = false }) =>
      h("td", { class: (isNumber && "number") || (isProse && "prose") }, String(cell(row))),
    );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": name },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...heads)),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...cells(row)))),
    ),
  );
}
