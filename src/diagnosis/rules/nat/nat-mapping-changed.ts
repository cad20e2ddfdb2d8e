import { seenOnTranslator } from "../../../session/model/queries.js";
import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Micros } from "../../../bytes/time.js";
import type { TunnelContext } from "../../context.js";
import type { Evidence, Verdict } from "../../finding.js";
import { isPrivate } from "../../facts/esp/clear-flows.js";
import { leftAddress } from "../../facts/nat/left-address.js";
import { movedAsker } from "../../facts/nat/moved-asker.js";
import { type PortChange, portChanges } from "../../facts/nat/port-changes.js";
import { firstOf, lastOf, ownStreams } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** The other side learns of the new port with the first packet from there, within a moment; a slow one surely within the longer time. */
const LEARNING = { mostly: 2_000_000, surely: 5_000_000 } as const;
const FLOW_PACKETS = 4;

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
    const changes = portChanges(context);
    const last = changes.at(-1);
    if (last === undefined) return ofAddress(context);
    const first = changes.find(({ address }) => address === last.address)?.from ?? last.from;
    // It may be back at the port that it began with.
    const old = first === last.to ? last.from : first;
    const astray = goesAstray(context, last, old);
    const isSure =
      astray === null ||
      astray.lastTime >= last.time + LEARNING.surely ||
      refusalOf(context, astray, last.time + LEARNING.mostly).length > 0;
    const count = new Set(changes.map(({ to }) => to)).size;
    return {
      ...(astray === null ? {} : { severity: "critical" as const }),
      confidence: isSure ? "certain" : "likely",
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
        ...(astray === null
          ? []
          : [
              ...refusalOf(context, astray, last.time),
              lastOf(astray, say`ESP still to port ${astray.destinationPort}`),
            ]),
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
      ...refusalOf(context, astray, before.lastTime),
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

/** The first ICMP error about a packet to where that stream still goes, later than `since`; none, or one. */
function refusalOf(
  { tunnel }: TunnelContext,
  { destination, destinationPort }: EspStream,
  since: Micros,
): Evidence[] {
  return tunnel.icmp
    .filter(({ time, error: { quoted } }) => {
      const isThere = quoted.destination === destination && quoted.destinationPort === destinationPort;
      return isThere && time > since;
    })
    .slice(0, 1)
    .map(({ source, frame, time }) => ({
      frame,
      time,
      nanos: 0,
      text: say`ICMP error from ${source} about a packet to ${destination}`,
    }));
}

/** ESP of the other side that goes on to the old port, none to the new one, long after the new one was heard. */
function goesAstray(
  { tunnel }: TunnelContext,
  { address, to, time }: PortChange,
  old: number,
): EspStream | null {
  const streams = ownStreams(tunnel).filter(({ encapsulation }) => encapsulation === "udp");
  const heard = streams
    .filter(({ source, sourcePort }) => source === address && sourcePort === to)
    .reduce((sum, { packets }) => sum + packets, 0);
  const back = streams.filter(({ destination }) => destination === address);
  if (heard < FLOW_PACKETS || back.some(({ destinationPort }) => destinationPort === to)) return null;
  return (
    back.find(
      ({ destinationPort, lastTime }) => destinationPort === old && lastTime >= time + LEARNING.mostly,
    ) ?? null
  );
}
