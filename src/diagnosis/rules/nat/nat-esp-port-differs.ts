import { seenOnTranslator } from "../../../session/model/queries.js";
import { messagesFrom } from "../../../session/sightings.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { EspStream } from "../../../esp/stream.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { Role, Sighting } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import { firstOf, lastOf, ownStreams } from "../../facts/sides.js";
import type { Verdict } from "../../finding.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** No NAT device forgets a mapping within this time, so a new port is no new mapping. */
const SHORTEST_TIMEOUT = 20_000_000;
/** The highest first number of a new SA: packets before the first one that was seen may be lost. */
const FIRST_NUMBERS = 4;
const FLOW_PACKETS = 4;

/**
 * A new SA's ESP in UDP comes from another port than the IKE messages of the same side shortly before, and no IKE ever from
 * that port (RFC 3948 section 2.1 wants both from one). Replies go to the port of IKE, which the NAT device maps to nothing.
 */
export const natEspPortDiffers = defineRule({
  code: "nat-esp-port-differs",
  severity: "critical",
  title: "ESP comes from another port than IKE",
  explanation:
    "IKE and ESP in UDP of one peer must share one pair of ports, so that the NAT device has one mapping for both. Here a device gives ESP a port of its own, and replies go to the port of IKE.",
  signature:
    "ESP in UDP of one peer comes from another source port than its IKE on 4500, from its first packet on, and IKE never moves there.",
  remedies: [
    "Look for a device that treats IPsec specially: switch 'IPsec passthrough', 'VPN passthrough' or the IPsec ALG off on the router of that side.",
    "Cloud and carrier NAT: check that one rule, not two, translates UDP 4500.",
  ],
  commands: ["natTraversal", "capture"],
  references: ["RFC 3948 section 2.1"],
  onlyWith: ["esp"],
  atOnePlace: true,
  detect: (context) => {
    // Another client behind the same address would have an IKE SA of its own.
    const setup = context.setups.find(({ progress }) => progress.upAt !== null);
    if (setup === undefined || context.setups.length !== 1 || seenOnTranslator(context.tunnel)) return null;
    return judgeSide(context, setup, "initiator") ?? judgeSide(context, setup, "responder");
  },
});

function judgeSide(context: TunnelContext, setup: Setup, role: Role): Verdict | null {
  const { sa, progress } = setup;
  const sent = messagesFrom(sa, role).filter(({ destination }) => destination.port === NAT_T_PORT);
  const address = sent[0]?.source.address;
  const ports = new Set(
    messagesFrom(sa, role)
      .filter((sighting) => sighting.source.address === address)
      .map(({ source }) => source.port),
  );
  const streams = ownStreams(context.tunnel).filter(
    ({ source, encapsulation }) => source === address && encapsulation === "udp",
  );
  const stream = streams[0];
  if (!sa.startSeen || progress.upAt === null || stream === undefined) return null;
  if (streams.some(({ sourcePort }) => ports.has(sourcePort))) return null;
  if (
    stream.firstTime < progress.upAt ||
    stream.firstSequence > FIRST_NUMBERS ||
    distinctPackets(stream) < FLOW_PACKETS
  ) {
    return null;
  }
  const before = sent.findLast(({ time }) => time <= stream.firstTime);
  if (before === undefined) return null;
  // The mapping may have expired in between, unless IKE goes on from its own port.
  const goesOn = sent.some(({ time }) => time > stream.firstTime);
  if (!goesOn && stream.firstTime - before.time > SHORTEST_TIMEOUT) return null;
  return verdict(context, before, stream);
}

function verdict({ tunnel }: TunnelContext, ike: Sighting, stream: EspStream): Verdict | null {
  const { source, destination, sourcePort, packets } = stream;
  const back = ownStreams(tunnel).filter((other) => other.source === destination);
  const followed = back.some(({ destinationPort }) => destinationPort === sourcePort);
  const wrong = back.find(({ destinationPort }) => destinationPort === ike.source.port);
  return {
    ...(followed ? { severity: "warning" as const } : {}),
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: say`ESP of ${source} comes from port ${sourcePort}, its IKE from port ${ike.source.port}`,
    summary: joined(
      say`IKE messages of ${source} come from UDP port ${ike.source.port}, ESP in UDP from port ${sourcePort} (${packets} packets). Both must share one port; a device on the side of ${source} gives ESP a mapping of its own. `,
      followed
        ? "The other side answers to the port of ESP, so traffic passes for now."
        : wrong === undefined
          ? say`${destination} sends no ESP back.`
          : say`${destination} answers to port ${ike.source.port}, which is not where ESP comes from.`,
    ),
    evidence: [
      evidenceAt(ike, say`IKE from port ${ike.source.port}`),
      firstOf(stream, say`ESP in UDP from port ${sourcePort}`),
      ...(wrong === undefined || followed ? [] : [firstOf(wrong, say`ESP back to port ${ike.source.port}`)]),
      lastOf(stream, say`still from port ${sourcePort}`),
    ],
    rivals: [
      {
        code: "nat-mapping-changed",
        separatedBy:
          "the next IKE message of that side: from the port of ESP too, the whole mapping has changed",
      },
    ],
  };
}
