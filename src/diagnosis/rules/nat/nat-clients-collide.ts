import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Setup, TunnelContext } from "../../context.js";
import { firstOf, lastOf, messagesFrom, ownStreams, seenOnTranslator } from "../../facts/sides.js";
import type { Verdict } from "../../finding.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Packets that were under way when the second client connected come within this time. */
const CROSSING = 3_000_000;
/** A client that goes on so long was not just told to stop. */
const GOES_ON = 10_000_000;
const FLOW_PACKETS = 4;

/**
 * Two clients behind one outer address, told by their ports: since the second one came up, the gateway sends ESP to the
 * second only, although the first goes on sending.
 */
export const natClientsCollide = defineRule({
  code: "nat-clients-collide",
  severity: "warning",
  title: "Two clients behind one address displace each other",
  explanation:
    "Two clients come from one outer address. Since the second one connected, the gateway sends nothing to the first, which goes on sending: to the gateway both look the same.",
  signature:
    "Two clients come from one address; since the second one is up, the gateway sends ESP to it alone, while the first goes on sending.",
  remedies: [
    "Give every client an inner address of its own: tunnel mode with a virtual IP from a pool, not transport mode (L2TP over IPsec) from one address.",
    "Give every client an identity of its own; two clients with one identity replace each other.",
  ],
  commands: ["credentials", "uniqueness", "status"],
  references: ["RFC 3948 section 5"],
  onlyWith: ["esp"],
  atOnePlace: true,
  detect: (context) => {
    if (seenOnTranslator(context.tunnel)) return null;
    const up = context.setups.filter(({ sa, progress }) => sa.startSeen && progress.upAt !== null);
    for (const [index, second] of up.entries()) {
      for (const first of up.slice(0, index)) {
        const verdict = displaced(context, first, second);
        if (verdict !== null) return verdict;
      }
    }
    return null;
  },
});

function displaced({ tunnel }: TunnelContext, first: Setup, second: Setup): Verdict | null {
  const { address } = first.sa.initiator;
  const upAt = second.progress.upAt ?? Infinity;
  const [oldPort, newPort] = [portOf(first), portOf(second)];
  if (second.sa.initiator.address !== address || oldPort === null || newPort === null || oldPort === newPort)
    return null;
  const streams = ownStreams(tunnel).filter(({ encapsulation }) => encapsulation === "udp");
  const from = (port: number): EspStream | undefined =>
    lastStream(streams.filter(({ source, sourcePort }) => source === address && sourcePort === port));
  const to = (port: number): EspStream | undefined =>
    lastStream(
      streams.filter(
        ({ destination, destinationPort }) => destination === address && destinationPort === port,
      ),
    );
  const [oldOut, oldBack, newOut, newBack] = [from(oldPort), to(oldPort), from(newPort), to(newPort)];
  if (oldOut === undefined || oldBack === undefined || newOut === undefined || newBack === undefined)
    return null;
  // Before, the first client was served; from then on only the second is.
  if (distinctPackets(oldBack) < FLOW_PACKETS || distinctPackets(newBack) < FLOW_PACKETS) return null;
  if (oldBack.lastTime > upAt + CROSSING) return null;
  if (oldBack.lastTime < upAt - GOES_ON || newBack.lastTime < upAt + GOES_ON) return null;
  if (oldOut.lastTime < upAt + GOES_ON || oldOut.firstTime > oldBack.lastTime) return null;
  return {
    confidence: "likely",
    provenance: "inferred",
    phase: "ESP",
    headline: say`two clients behind ${address}: since the second one connected (port ${newPort}), the first (port ${oldPort}) gets nothing`,
    summary: joined(
      say`Two clients come from ${address}, from ports ${oldPort} and ${newPort}. When the second one was up, ${first.sa.responder.address} stopped sending ESP to the first, which still sends: `,
      "the gateway takes both for one (same identity, same inner address, or transport mode towards one outer address).",
    ),
    evidence: [
      lastOf(oldBack, say`last ESP packet to the first client, port ${oldPort}`),
      firstOf(newBack, say`ESP to the second client, port ${newPort}`),
      lastOf(oldOut, "the first client still sends"),
      lastOf(newBack, "the second client is served"),
    ],
    rivals: [
      {
        code: "nat-mapping-changed",
        separatedBy:
          "the gateway's list of SAs: two clients with one identity or one inner address collide; one client that connected anew has stopped using its old port",
      },
    ],
  };
}

/** The one port that the initiator floated to; null where there is none or it changed. */
function portOf({ sa }: Setup): number | null {
  const ports = new Set(
    messagesFrom(sa, "initiator")
      .filter(({ destination }) => destination.port === NAT_T_PORT)
      .map(({ source }) => source.port),
  );
  const [port] = ports;
  return ports.size === 1 && port !== undefined ? port : null;
}

function lastStream(streams: readonly EspStream[]): EspStream | undefined {
  return streams.toSorted((a, b) => a.lastTime - b.lastTime).at(-1);
}
