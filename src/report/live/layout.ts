import type { LiveTunnel } from "../../live/tunnel.js";
import { type AddressNames, NO_NAMES } from "../address-names.js";
import { COLUMNS, type Column, type ColumnName } from "./columns.js";
import { peersLength } from "./peers.js";

/** Columns that come and go together. */
interface Group {
  readonly names: readonly ColumnName[];
  /** Says nothing without this one. */
  readonly needs?: ColumnName;
}

/** Beside state and peers, which always stay: the more important ones first. */
const BY_IMPORTANCE: readonly Group[] = [
  { names: ["span"] },
  { names: ["id"] },
  { names: ["finding"] },
  { names: ["phase"] },
  { names: ["there", "back"] },
  { names: ["exchange", "answer"] },
  { names: ["loss"] },
  { names: ["resent"] },
  { names: ["age"], needs: "exchange" },
  { names: ["spis"] },
  { names: ["since"] },
  { names: ["heard"] },
];

/** Peers get a third of the width before further columns do, if they need it; at least and at most so many columns. */
const PEERS_FIRST = { least: 27, most: 34 } as const;
/** The mark of the selected row. */
const MARK = 1;
const GAP = 1;

/** A column with its place. */
export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

/** The columns that fit `width`, from left to right; the peers take what they need of the room that is left. */
export function placedColumns(
  tunnels: readonly LiveTunnel[],
  width: number,
  names: AddressNames = NO_NAMES,
): PlacedColumn[] {
  let [longestPeers, largestId] = [COLUMNS.peers.title.length, 0];
  for (const tunnel of tunnels) {
    longestPeers = Math.max(longestPeers, peersLength(tunnel, names));
    largestId = Math.max(largestId, tunnel.id);
  }
  const fixed = (name: ColumnName): number =>
    name === "id" ? Math.max(2, String(largestId).length) : (COLUMNS[name].width ?? 0);
  const chosen = new Set<ColumnName>(["state", "peers"]);
  const share = Math.min(PEERS_FIRST.most, Math.max(PEERS_FIRST.least, Math.floor(width / 3)));
  const peersFirst = Math.min(longestPeers, share);
  let room = width - MARK - fixed("state") - GAP - peersFirst;
  for (const { names, needs } of BY_IMPORTANCE) {
    const needed = names.reduce((sum, name) => sum + fixed(name) + GAP, 0);
    if (needed > room || (needs !== undefined && !chosen.has(needs))) continue;
    for (const name of names) chosen.add(name);
    room -= needed;
  }
  const peers = Math.max(1, Math.min(longestPeers, peersFirst + room));
  const shown = (Object.keys(COLUMNS) as ColumnName[]).filter((name) => chosen.has(name));
  return shown.map((name) => ({ column: COLUMNS[name], width: name === "peers" ? peers : fixed(name) }));
}
