import { endsOf } from "../../session/clients/ends.js";
import { type AddressNames, NO_NAMES } from "../address-names.js";
import type { Address } from "../../bytes/address.js";
import { hex32 } from "../../bytes/hex.js";
import type { Micros } from "../../bytes/time.js";
import type { Phase, Status } from "../../diagnosis/finding.js";
import type { JudgedTunnel } from "../../diagnosis/judgement.js";
import { areRolesProven } from "../../session/model/queries.js";
import { ZERO_SPI } from "../../ike/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";
import { streamDirection } from "../tables/streams.js";

/** ESP and AH packets of a tunnel in one direction. */
interface RowDirection {
  readonly packets: number;
  /** Missing by their sequence numbers. */
  readonly lost: number;
}

/** One judged tunnel as a row of the table, and what a filter looks at. */
export interface TunnelRow {
  readonly id: number;
  /** The initiator first, if `rolesProven`. */
  readonly peers: readonly [Address, Address];
  /** The same as they are called. */
  readonly ends: readonly [string, string];
  /** Whether messages prove who the initiator of the first IKE SA is. */
  readonly rolesProven: boolean;
  /** IKE version of the first IKE SA; null where only ESP or AH was seen. */
  readonly version: 1 | 2 | null;
  readonly status: Status;
  readonly phase: Phase | null;
  /** Codes of its findings above info, the root cause first. */
  readonly causes: readonly string[];
  /** Software of either end, as far as it is known, each once. */
  readonly products: readonly string[];
  readonly ikeSas: number;
  /** It is told by its number alone in reports for people, where others are there. */
  readonly isStray: boolean;
  /** From the first peer to the second, and back. */
  readonly directions: readonly [RowDirection, RowDirection];
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  /** The peers and all further addresses that they were seen with. */
  readonly addresses: readonly Address[];
  /** SPIs of its IKE SAs and its ESP streams, hexadecimal without a prefix. */
  readonly spis: readonly string[];
  /** All that a word of a filter is looked for in, lower case. */
  readonly words: string;
}

/** The status in one word: the whole name of what is of least interest is too long for a column. */
export function shortStatus(status: Status): string {
  return status === "nothing-to-judge" ? "unjudged" : status;
}

/** The row of a tunnel. Unpacks nothing of it: thousands are made at once. */
export function tunnelRow(
  judged: JudgedTunnel,
  names: AddressNames = NO_NAMES,
  texts: Texts = ENGLISH,
): TunnelRow {
  const { tunnel, status, failingPhase: phase, findings, implementations } = judged;
  const { id, addresses: peers, aliases, ikeSas, streams, firstTime, lastTime } = tunnel;
  const causes = [...new Set(findings.filter(({ severity }) => severity !== "info").map(({ code }) => code))];
  const products = [
    ...new Set(implementations.flatMap((software) => (software === null ? [] : [software.name]))),
  ];
  const addresses = [...new Set([...peers, ...aliases.map(({ address }) => address)])];
  const spis = [
    ...ikeSas.flatMap(({ initiatorSpi, responderSpi }) =>
      responderSpi === ZERO_SPI ? [initiatorSpi] : [initiatorSpi, responderSpi],
    ),
    ...streams.map(({ spi }) => hex32(spi).slice(2)),
  ];
  const named = addresses.flatMap((address) => names.of(address) ?? []);
  const statusWord = texts.of(shortStatus(status));
  return {
    id,
    peers,
    ends: endsOf(tunnel),
    rolesProven: areRolesProven(tunnel),
    version: ikeSas[0]?.majorVersion ?? null,
    status,
    phase,
    causes,
    products,
    ikeSas: ikeSas.length,
    isStray: judged.isStray,
    directions: directionsOf(judged),
    firstTime,
    lastTime,
    addresses,
    spis,
    words: [
      ...addresses,
      ...endsOf(tunnel),
      ...named,
      status,
      statusWord,
      phase ?? "",
      ...causes,
      ...products,
      ...spis,
    ]
      .join(" ")
      .toLowerCase(),
  };
}

function directionsOf({ tunnel }: JudgedTunnel): readonly [RowDirection, RowDirection] {
  const sums = { "->": { packets: 0, lost: 0 }, "<-": { packets: 0, lost: 0 } };
  for (const stream of tunnel.streams) {
    const sum = sums[streamDirection(tunnel, stream)];
    sum.packets += stream.packets;
    sum.lost += stream.lost;
  }
  return [sums["->"], sums["<-"]];
}
