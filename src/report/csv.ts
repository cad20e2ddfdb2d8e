import { roleOfPeer } from "../session/model/queries.js";
import type { Address } from "../bytes/address.js";
import type { Setup } from "../diagnosis/context.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import { faultOf } from "../diagnosis/outage/since.js";
import type { EspStream } from "../esp/stream.js";
import type { KeptTunnel } from "../session/model.js";
import { inEnglish } from "../texts/texts.js";
import { type AddressNames, NO_NAMES } from "./address-names.js";
import { type Cell, csvText, timeCell } from "./csv-row.js";
import { portsOf } from "./ports.js";

/** The columns, in their order: names that programs may rely on. New ones are added at the end. */
export const CSV_COLUMNS = [
  "tunnel",
  "status",
  "phase",
  "code",
  "severity",
  "confidence",
  "since",
  "headline",
  "peer1",
  "peer1_name",
  "peer1_role",
  "peer1_ports",
  "peer1_product",
  "peer1_behind_nat",
  "peer2",
  "peer2_name",
  "peer2_role",
  "peer2_ports",
  "peer2_product",
  "peer2_behind_nat",
  "ike_version",
  "suite",
  "ike_sas",
  "first_time",
  "last_time",
  "packets_1_to_2",
  "packets_2_to_1",
  "bytes_1_to_2",
  "bytes_2_to_1",
  "lost_1_to_2",
  "lost_2_to_1",
  "late_1_to_2",
  "late_2_to_1",
  "duplicates_1_to_2",
  "duplicates_2_to_1",
  "standing",
  "other_codes",
] as const;

/** A row a tunnel, by RFC 4180, in pieces; tunnels that were not judged have none. Times are ISO 8601 UTC. */
export function renderCsv(judgement: Judgement, names: AddressNames = NO_NAMES): Generator<string> {
  return csvText(CSV_COLUMNS, judgement.tunnels, (judged) => cellsOf(judged, names));
}

/** The same of one tunnel, by the names of the columns. */
export function tunnelCells(judged: JudgedTunnel): Readonly<Record<string, Cell>> {
  const cells = cellsOf(judged, NO_NAMES);
  return Object.fromEntries(CSV_COLUMNS.map((column, at) => [column, cells[at] ?? null]));
}

function cellsOf(judged: JudgedTunnel, names: AddressNames): Cell[] {
  const { tunnel, setups, status, failingPhase, findings, since, suite, standing } = judged;
  const fault = faultOf(judged);
  const others = findings.filter((finding) => finding !== fault).map(({ code }) => code);
  const [there, back] = [flowOf(tunnel, tunnel.addresses[0]), flowOf(tunnel, tunnel.addresses[1])];
  const versions = [...new Set(tunnel.ikeSas.map(({ majorVersion }) => majorVersion))];
  return [
    tunnel.id,
    status,
    failingPhase,
    fault?.code ?? null,
    fault?.severity ?? null,
    fault?.confidence ?? null,
    timeCell(since),
    fault?.headline ?? null,
    ...peerCells(judged, setups, 0, names),
    ...peerCells(judged, setups, 1, names),
    versions.join(" "),
    suite,
    tunnel.ikeSas.length + tunnel.ikeSasNotKept,
    timeCell(tunnel.firstTime),
    timeCell(tunnel.lastTime),
    ...pairs(there, back),
    inEnglish(standing),
    [...new Set(others)].join(" "),
  ];
}

function peerCells(
  { tunnel, implementations, nat }: JudgedTunnel,
  setups: readonly Setup[],
  index: 0 | 1,
  names: AddressNames,
): Cell[] {
  const address = tunnel.addresses[index];
  return [
    address,
    names.of(address),
    roleOfPeer(tunnel, index),
    portsOf(tunnel, setups, address).join(" "),
    implementations[index]?.name ?? null,
    (index === 0 ? nat?.initiatorBehindNat : nat?.responderBehindNat) ?? null,
  ];
}

/** ESP and AH packets of one direction. */
interface Flow {
  readonly packets: number;
  readonly bytes: number;
  readonly lost: number;
  readonly reordered: number;
  readonly duplicates: number;
}

/** The ESP that one end sent, from whatever address. */
function flowOf({ streams, aliases }: KeptTunnel, end: Address): Flow {
  const own = streams.filter(
    ({ source }) =>
      source === end || aliases.some(({ address, standsFor }) => address === source && standsFor === end),
  );
  const sum = (of: (stream: EspStream) => number): number =>
    own.reduce((total, stream) => total + of(stream), 0);
  return {
    packets: sum(({ packets }) => packets),
    bytes: sum(({ bytes }) => bytes),
    lost: sum(({ lost }) => lost),
    reordered: sum(({ reordered }) => reordered),
    duplicates: sum(({ duplicates }) => duplicates),
  };
}

function pairs(there: Flow, back: Flow): number[] {
  return [
    there.packets,
    back.packets,
    there.bytes,
    back.bytes,
    there.lost,
    back.lost,
    there.reordered,
    back.reordered,
    there.duplicates,
    back.duplicates,
  ];
}
