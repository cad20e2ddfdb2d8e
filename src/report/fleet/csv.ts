import type { TunnelSummary } from "../../fleet/summary.js";
import { type AddressNames, NO_NAMES } from "../address-names.js";
import { type Cell, csvText, timeCell } from "../csv-row.js";

/** The columns: the tunnel, then its ends; those of the second are empty where only one publishes. */
const FLEET_CSV_COLUMNS = [
  "state",
  "since",
  "codes",
  "gateway1",
  "state1",
  "peer1_1",
  "peer1_1_name",
  "peer1_2",
  "peer1_2_name",
  "gateway2",
  "state2",
  "peer2_1",
  "peer2_1_name",
  "peer2_2",
  "peer2_2_name",
] as const;

/** A row a tunnel of the fleet, by RFC 4180, in pieces. Times are ISO 8601 UTC. */
export function renderFleetCsv(
  tunnels: readonly TunnelSummary[],
  names: AddressNames = NO_NAMES,
): Generator<string> {
  return csvText(FLEET_CSV_COLUMNS, tunnels, ({ state, since, codes, ends: [one, other] }) => [
    state,
    timeCell(since),
    codes.join(" "),
    ...endCells(one, names),
    ...endCells(other, names),
  ]);
}

function endCells(end: TunnelSummary["ends"][0] | undefined, names: AddressNames): Cell[] {
  if (end === undefined) return [null, null, null, null, null, null];
  return [end.gateway, end.state, ...end.peers.flatMap((peer) => [peer, names.of(peer)])];
}
