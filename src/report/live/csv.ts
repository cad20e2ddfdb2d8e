import type { LiveTunnel } from "../../live/tunnel.js";
import { type AddressNames, NO_NAMES } from "../address-names.js";
import { type Cell, csvText, timeCell } from "../csv-row.js";

/** The columns of the table of a running capture; those of the CSV report that mean the same have the same name. */
export const LIVE_CSV_COLUMNS = [
  "tunnel",
  "state",
  "since",
  "phase",
  "code",
  "severity",
  "other_codes",
  "peer1",
  "peer1_name",
  "peer2",
  "peer2_name",
  "ike_version",
  "first_time",
  "last_time",
  "packets_per_s_1_to_2",
  "packets_per_s_2_to_1",
  "packets_1_to_2",
  "packets_2_to_1",
  "bytes_1_to_2",
  "bytes_2_to_1",
  "lost_1_to_2",
  "lost_2_to_1",
  "retransmissions",
] as const;

/** A row a tunnel as it stands now, by RFC 4180, in pieces. Times are ISO 8601 UTC. */
export function renderLiveCsv(
  tunnels: readonly LiveTunnel[],
  names: AddressNames = NO_NAMES,
): Generator<string> {
  return csvText(LIVE_CSV_COLUMNS, tunnels, (tunnel) => cellsOf(tunnel, names));
}

function cellsOf(tunnel: LiveTunnel, names: AddressNames): Cell[] {
  const { id, peers, version, state, since, phase, findings, directions, retransmissions } = tunnel;
  const [worst, ...others] = findings.map(({ finding }) => finding);
  const [there, back] = directions;
  return [
    id,
    state,
    timeCell(since),
    phase,
    worst?.code ?? null,
    worst?.severity ?? null,
    others.map(({ code }) => code).join(" "),
    ...peers.flatMap((peer) => [peer, names.of(peer)]),
    version,
    timeCell(tunnel.firstTime),
    timeCell(tunnel.lastTime),
    ...[there.rate, back.rate].map((rate) => Math.round(rate * 10) / 10),
    there.packets,
    back.packets,
    there.bytes,
    back.bytes,
    there.lost,
    back.lost,
    retransmissions,
  ];
}
