import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { Micros } from "../../../bytes/time.js";
import type { IkeSa, Role, Sighting } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence, Verdict } from "../../finding.js";
import { isPrivate } from "../../facts/esp/clear-flows.js";
import { leftAddress } from "../../facts/nat/left-address.js";
import { movedAsker } from "../../facts/nat/moved-asker.js";
import {
  canonicalOf,
  firstOf,
  lastOf,
  messagesFrom,
  ownStreams,
  seenOnTranslator,
} from "../../facts/sides.js";
import { sightingsOf } from "../../facts/recording/sightings.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Packets of both mappings may cross on the way. */
const CROSSING = 1_000_000;
/** The other side learns of the new port with the first packet from there. */
const LEARNING = 5_000_000;
const FLOW_PACKETS = 4;

interface Change {
  readonly address: string;
  readonly from: number;
  readonly to: number;
  /** When the old port was seen last, and the new one first. */
  readonly since: Micros;
  readonly time: Micros;
  readonly phase: "ESP" | "INFORMATIONAL";
  readonly evidence: readonly Evidence[];
}

/**
 * The port of a side changes within an IKE SA, or within one SPI of ESP in UDP: a NAT device gave it a new mapping. A peer may
 * move to a new address (MOBIKE): that is a case of this only where the other side goes on sending to the old one.
 */
export const natMappingChanged = defineRule({
  code: "nat-mapping-changed",
  severity: "warning",
  title: "A NAT device changed a peer's port or address",
  explanation:
    "The port that the NAT device gives a peer changed while the tunnel was up. Until the other side follows, it sends to a port without a mapping.",
  signature:
    "The port or address of a peer behind NAT changes within one IKE SA, or its ESP of one SPI goes on from another address, as where the NAT device stops translating. Critical if the other side goes on sending to the old one.",
  remedies: [
    "Shorten the NAT keepalive interval of the side behind NAT to 20 s or less so that the mapping does not expire.",
    "Lengthen the UDP timeout of the NAT device for port 4500.",
    "Enable MOBIKE (IKEv2) so that the peer learns of the new address.",
    "If ESP comes from a private address: look at the rule and the outer address of the NAT device, and set the tunnel up again once they are back.",
  ],
  commands: ["mobike", "keepalive"],
  references: ["RFC 7296 section 2.23"],
  atOnePlace: true,
  detect: (context) => {
    if (seenOnTranslator(context.tunnel)) return null;
    const changes = [...ofIke(context), ...ofEsp(context)]
      .filter((change) => !wasElsewhere(context, change))
      .toSorted((a, b) => a.time - b.time);
    const last = changes.at(-1);
    if (last === undefined) return ofAddress(context);
    const old = changes.find(({ address }) => address === last.address)?.from ?? last.from;
    const astray = goesAstray(context, last, old);
    const count = new Set(changes.map(({ to }) => to)).size;
    return {
      ...(astray === null ? {} : { severity: "critical" as const }),
      confidence: "certain",
      provenance: "observed",
      phase: astray === null ? last.phase : "ESP",
      headline: joined(
        say`the port of ${last.address} changed from ${old} to ${last.to} within the tunnel`,
        astray === null ? "" : say`, and ESP still goes to port ${astray.destinationPort}`,
      ),
      summary: joined(
        say`A NAT device gave ${last.address} another port while the tunnel was up (${old}, then ${last.to}${count > 1 ? say`, ${count} changes` : ""}): its old mapping had expired or was dropped. `,
        astray === null
          ? "Until the other side follows, its packets are lost; keepalives prevent it."
          : say`${astray.source} did not follow: it still sends ESP to port ${astray.destinationPort}, which has no mapping any more.`,
      ),
      evidence: [
        ...last.evidence,
        ...(astray === null ? [] : [lastOf(astray, say`ESP still to port ${astray.destinationPort}`)]),
      ],
    };
  },
});

/** The other side goes on sending to an address from which nothing comes any more. A peer that asks from the new one has moved itself. */
function ofAddress(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  const left = leftAddress(tunnel);
  if (left === null || movedAsker(context) !== null) return null;
  const { before, after, astray } = left;
  const isUntranslated = isPrivate(after.source) && !isPrivate(before.source);
  return {
    severity: "critical",
    confidence: "likely",
    provenance: "observed",
    phase: "ESP",
    headline: isUntranslated
      ? say`the NAT device of ${before.source} stopped translating: ESP of the same SPI comes from ${after.source}, and ESP still goes to ${before.source}`
      : say`ESP of one peer comes from ${after.source} instead of ${before.source}, and ESP still goes to ${before.source}`,
    summary: joined(
      isUntranslated
        ? say`ESP of SPI ${hex32(after.spi)} came from ${before.source} up to sequence number ${before.highestSequence}, and goes on with ${after.firstSequence} from ${after.source}, a private address (${after.packets} packets): the NAT device lets the packets of its peer pass without translating them, since its rule or its address is gone. `
        : say`ESP of SPI ${hex32(after.spi)} came from ${before.source} and comes from ${after.source} since (${after.packets} packets): a NAT device gave the peer another address, or it moved. `,
      say`${astray.source} did not follow: it still sends ESP to ${before.source}, and none to ${after.source}.`,
    ),
    evidence: [
      lastOf(before, say`last ESP packet from ${before.source}`),
      firstOf(after, say`ESP of the same SPI from ${after.source}`),
      ...tunnel.icmp
        .filter(({ time, error }) => error.quoted.destination === before.source && time > before.lastTime)
        .slice(0, 1)
        .map(({ source, frame, time }) => ({
          frame,
          time,
          nanos: 0,
          text: say`ICMP error from ${source} about a packet to ${before.source}`,
        })),
      lastOf(astray, say`ESP still goes to ${before.source}`),
    ],
    rivals: [
      {
        code: "mobike-failed",
        separatedBy: say`the log of ${astray.source}: whether it was told the new address, and took it (MOBIKE)`,
      },
    ],
  };
}

function ofIke({ setups }: TunnelContext): Change[] {
  return setups.flatMap(({ sa }) =>
    (["initiator", "responder"] as const satisfies Role[]).flatMap((role) => {
      if (keepsPort(sa, role)) return [];
      const sent = messagesFrom(sa, role).filter(isOverNatT);
      return sent.flatMap((sighting, index): Change[] => {
        const before = sent[index - 1];
        if (before === undefined || before.source.address !== sighting.source.address) return [];
        if (
          before.source.port === sighting.source.port ||
          !staysAt(sent.slice(index), sighting.source.port)
        ) {
          return [];
        }
        return [
          {
            address: sighting.source.address,
            from: before.source.port,
            to: sighting.source.port,
            since: before.time,
            time: sighting.time,
            phase: "INFORMATIONAL",
            evidence: [
              evidenceAt(before, say`IKE from port ${before.source.port}`),
              evidenceAt(sighting, say`IKE of the same SA from port ${sighting.source.port}`),
            ],
          },
        ];
      });
    }),
  );
}

function isOverNatT({ destination, transport }: Sighting): boolean {
  return destination.port === NAT_T_PORT && transport === "udp";
}

/** All that a side sent over NAT-T came from one port, as nearly always. */
function keepsPort({ exchanges }: IkeSa, role: Role): boolean {
  let port: number | null = null;
  for (const { startedBy, request, response } of exchanges) {
    for (const sighting of (startedBy === role ? request : response)?.sightings ?? []) {
      if (!isOverNatT(sighting)) continue;
      port ??= sighting.source.port;
      if (sighting.source.port !== port) return false;
    }
  }
  return true;
}

/** The peer sent from another address in between: it moved away and came back (MOBIKE), to a new mapping of course. */
function wasElsewhere({ tunnel, setups }: TunnelContext, { address, since, time }: Change): boolean {
  const isElsewhere = (source: string): boolean =>
    source !== address && canonicalOf(tunnel, source) === canonicalOf(tunnel, address);
  return (
    tunnel.streams.some(
      ({ source, firstTime, lastTime }) => isElsewhere(source) && firstTime < time && lastTime > since,
    ) ||
    setups.some(({ sa }) =>
      sightingsOf(sa).some(
        (sighting) => isElsewhere(sighting.source.address) && sighting.time > since && sighting.time < time,
      ),
    )
  );
}

/** Files out of order alternate between ports; a new mapping stays. */
function staysAt(later: readonly { readonly source: { readonly port: number } }[], port: number): boolean {
  return later.slice(0, 2).every(({ source }) => source.port === port);
}

function ofEsp({ tunnel }: TunnelContext): Change[] {
  const streams = ownStreams(tunnel)
    .filter(({ encapsulation, destinationPort }) => encapsulation === "udp" && destinationPort === NAT_T_PORT)
    .toSorted((a, b) => a.firstTime - b.firstTime);
  return streams.flatMap((stream, index): Change[] => {
    const before = streams
      .slice(0, index)
      .findLast(
        ({ source, destination, spi }) =>
          source === stream.source && destination === stream.destination && spi === stream.spi,
      );
    if (before === undefined || stream.firstTime < before.lastTime - CROSSING) return [];
    return [
      {
        address: stream.source,
        from: before.sourcePort,
        to: stream.sourcePort,
        since: before.lastTime,
        time: stream.firstTime,
        phase: "ESP",
        evidence: [
          lastOf(before, say`last ESP packet from port ${before.sourcePort}`),
          firstOf(stream, say`ESP of the same SPI from port ${stream.sourcePort}`),
        ],
      },
    ];
  });
}

/** ESP of the other side that goes on to the old port, none to the new one, long after the new one was heard. */
function goesAstray({ tunnel }: TunnelContext, { address, to, time }: Change, old: number): EspStream | null {
  const streams = ownStreams(tunnel).filter(({ encapsulation }) => encapsulation === "udp");
  const heard = streams
    .filter(({ source, sourcePort }) => source === address && sourcePort === to)
    .reduce((sum, { packets }) => sum + packets, 0);
  const back = streams.filter(({ destination }) => destination === address);
  if (heard < FLOW_PACKETS || back.some(({ destinationPort }) => destinationPort === to)) return null;
  return (
    back.find(({ destinationPort, lastTime }) => destinationPort === old && lastTime >= time + LEARNING) ??
    null
  );
}
