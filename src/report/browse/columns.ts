import { type Clock, dateAndTime } from "../../bytes/clock.js";
import type { AddressNames } from "../address-names.js";
import { lossText, shortCount, shortSpan } from "../live/numbers.js";
import { peersLength, peersText } from "../live/peers.js";
import type { Paint } from "../paint.js";
import type { Presentation } from "../presentation.js";
import type { RowSort } from "./order.js";
import { shortStatus, type TunnelRow } from "./tunnel-row.js";

/** A column of the table of judged tunnels. */
interface RowColumn {
  readonly title: string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly isRight: boolean;
  readonly sort: RowSort | null;
  readonly text: (row: TunnelRow, width: number, presentation: Presentation) => string;
  readonly paint?: (padded: string, row: TunnelRow, paint: Paint) => string;
}

/** A column with the width that it has on a screen. */
export interface PlacedRowColumn {
  readonly column: RowColumn;
  readonly width: number;
}

const NOTHING = "-";
/** Peers have at least and at most so many columns before further columns get room. */
const PEERS = { least: 23, most: 34 } as const;
/** A code of a finding is cut to this before further columns go. */
const CAUSE = { least: 20, most: 30 } as const;
/** The mark of the selected row, and the gap between two columns. */
const [MARK, GAP] = [1, 1];

const COLUMNS = {
  id: { title: "id", width: 2, isRight: true, sort: "number", text: ({ id }) => String(id) },
  peers: {
    title: "peers",
    width: PEERS.least,
    isRight: false,
    sort: "peer",
    text: ({ ends, rolesProven }, width, { names }) => peersText({ peers: ends, rolesProven }, width, names),
  },
  status: {
    title: "status",
    width: 9,
    isRight: false,
    sort: "status",
    text: ({ status }, _, { texts }) => texts.of(shortStatus(status)),
    paint: (padded, { status }, paint) => paint.status(status, padded),
  },
  cause: {
    title: "cause",
    width: CAUSE.least,
    isRight: false,
    sort: "cause",
    text: ({ causes }) => causes[0] ?? NOTHING,
  },
  there: {
    title: "ESP->",
    width: 5,
    isRight: true,
    sort: "packets",
    text: ({ directions }) => shortCount(directions[0].packets),
  },
  back: {
    title: "<-ESP",
    width: 5,
    isRight: true,
    sort: "packets",
    text: ({ directions }) => shortCount(directions[1].packets),
  },
  loss: {
    title: "loss",
    width: 5,
    isRight: true,
    sort: "loss",
    text: ({ directions }) => lossText(directions),
  },
  phase: { title: "phase", width: 15, isRight: false, sort: null, text: ({ phase }) => phase ?? NOTHING },
  start: {
    title: "start",
    width: 8,
    isRight: false,
    sort: "start",
    text: ({ firstTime }, _, { clock }) => timeText(clock, firstTime),
  },
  span: {
    title: "for",
    width: 5,
    isRight: true,
    sort: null,
    text: ({ firstTime, lastTime }) => shortSpan(lastTime - firstTime),
  },
  sas: { title: "IKE", width: 3, isRight: true, sort: null, text: ({ ikeSas }) => shortCount(ikeSas) },
  product: {
    title: "product",
    width: 16,
    isRight: false,
    sort: null,
    text: ({ products }) => (products.length === 0 ? NOTHING : products.join(", ")),
  },
} as const satisfies Readonly<Record<string, RowColumn>>;
type Name = keyof typeof COLUMNS;

/** Beside peers, status and cause, which always stay: the more important ones first. */
const BY_IMPORTANCE: readonly (readonly Name[])[] = [
  ["id"],
  ["there", "back"],
  ["start"],
  ["loss"],
  ["phase"],
  ["product"],
  ["span"],
  ["sas"],
];

/** The columns that fit `width`, from left to right; peers and cause take what they need of the room that is left. */
export function rowColumns(
  rows: readonly TunnelRow[],
  width: number,
  names: AddressNames,
): PlacedRowColumn[] {
  let [longestPeers, longestCause, largest] = [COLUMNS.peers.title.length, COLUMNS.cause.title.length, 0];
  for (const row of rows) {
    longestPeers = Math.max(
      longestPeers,
      peersLength({ peers: row.ends, rolesProven: row.rolesProven }, names),
    );
    longestCause = Math.max(longestCause, row.causes[0]?.length ?? 1);
    largest = Math.max(largest, row.id);
  }
  const widths = new Map<Name, number>([
    ["peers", Math.min(longestPeers, Math.max(PEERS.least, Math.min(PEERS.most, Math.floor(width / 3))))],
    ["status", COLUMNS.status.width],
    ["cause", Math.min(longestCause, CAUSE.least)],
  ]);
  let room = width - MARK - [...widths.values()].reduce((sum, own) => sum + own + GAP, -GAP);
  for (const group of BY_IMPORTANCE) {
    const own = (name: Name): number =>
      name === "id" ? Math.max(2, String(largest).length) : COLUMNS[name].width;
    const needed = group.reduce((sum, name) => sum + own(name) + GAP, 0);
    if (needed > room) continue;
    for (const name of group) widths.set(name, own(name));
    room -= needed;
  }
  for (const [name, wanted] of [
    ["cause", Math.min(longestCause, CAUSE.most)],
    ["peers", longestPeers],
  ] as const) {
    const had = widths.get(name) ?? 0;
    const more = Math.max(0, Math.min(wanted - had, room));
    widths.set(name, had + more);
    room -= more;
  }
  return (Object.keys(COLUMNS) as Name[]).flatMap((name) => {
    const own = widths.get(name);
    return own === undefined ? [] : { column: COLUMNS[name], width: Math.max(1, own) };
  });
}

/** "14:03:22": the header says of which day. */
function timeText(clock: Clock, time: number): string {
  return dateAndTime(clock, time).slice("YYYY-MM-DD ".length);
}
