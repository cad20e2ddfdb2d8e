import type { LiveTunnel } from "../../live/tunnel.js";
import { COLUMNS, type Column, type ColumnName } from "./columns.js";
import { peersLength } from "./peers.js";

/** What stays longest comes first: state and peers always stay. */
const BY_IMPORTANCE: readonly ColumnName[] = [
  "state",
  "peers",
  "span",
  "id",
  "phase",
  "there",
  "back",
  "loss",
  "exchange",
  "answer",
  "resent",
  "age",
  "spis",
  "since",
  "heard",
];

/** Peers get this much before a further column does, if they need it: two IPv4 addresses at their longest. */
const PEERS_FIRST = 34;
/** The mark of the selected row. */
const MARK = 1;
const GAP = 1;

/** A column with its place. */
export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

/** The columns that fit `width`, from left to right; the peers take what they need of the room that is left. */
export function placedColumns(tunnels: readonly LiveTunnel[], width: number): PlacedColumn[] {
  let [longestPeers, largestId] = [COLUMNS.peers.title.length, 0];
  for (const tunnel of tunnels) {
    longestPeers = Math.max(longestPeers, peersLength(tunnel));
    largestId = Math.max(largestId, tunnel.id);
  }
  const fixed = (name: ColumnName): number =>
    name === "id" ? Math.max(2, String(largestId).length) : (COLUMNS[name].width ?? 0);
  const chosen = new Set<ColumnName>(["state", "peers"]);
  const peersFirst = Math.min(longestPeers, PEERS_FIRST);
  let room = width - MARK - fixed("state") - GAP - peersFirst;
  for (const name of BY_IMPORTANCE) {
    if (chosen.has(name)) continue;
    const needed = fixed(name) + GAP;
    // No gap in the order of importance: else a column would come and go as the window grows.
    if (needed > room) break;
    chosen.add(name);
    room -= needed;
  }
  const peers = Math.max(1, Math.min(longestPeers, peersFirst + room));
  const names = (Object.keys(COLUMNS) as ColumnName[]).filter((name) => chosen.has(name));
  return names.map((name) => ({ column: COLUMNS[name], width: name === "peers" ? peers : fixed(name) }));
}
