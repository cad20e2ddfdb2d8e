import { seenOnTranslator } from "../../../session/model/queries.js";
import { messagesFrom } from "../../../session/sightings.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Setup, TunnelContext } from "../../context.js";
import { firstOf, lastOf, ownStreams } from "../../facts/sides.js";
import type { Verdict } from "../../finding.js";
import { withAllClients } from "../../facts/nat/all-clients.js";
import { onceInTurn } from "../../once.js";
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
    const served = servedClients(withAllClients(context));
    const own = new Set(context.setups.map(({ sa }) => sa.id));
    for (const [index, first] of served.entries()) {
      if (!own.has(first.setup.sa.id)) continue;
      const verdicts = served.slice(index + 1).map((second) => displaced(first, second));
      const found = verdicts.find((verdict) => verdict !== null);
      if (found !== undefined) return found;
    }
    return null;
  },
});

/** A setup that came up, the port that it floated to, and the last ESP from there and to there. */
interface Served {
  readonly setup: Setup;
  readonly upAt: Micros;
  readonly port: number;
  readonly out: EspStream;
  readonly back: EspStream;
}

const servedClients = onceInTurn(({ tunnel, setups }: TunnelContext): Served[] => {
  const streams = ownStreams(tunnel).filter(({ encapsulation }) => encapsulation === "udp");
  const out = lastByPort(streams, ({ source, sourcePort }) => `${source} ${sourcePort}`);
  const back = lastByPort(streams, ({ destination, destinationPort }) => `${destination} ${destinationPort}`);
  return setups.flatMap((setup) => {
    const { sa, progress } = setup;
    const port = portOf(setup);
    if (!sa.startSeen || progress.upAt === null || port === null) return [];
    const client = `${sa.initiator.address} ${port}`;
    const [sent, got] = [out.get(client), back.get(client)];
    return sent === undefined || got === undefined
      ? []
      : [{ setup, upAt: progress.upAt, port, out: sent, back: got }];
  });
});

function displaced(first: Served, second: Served): Verdict | null {
  const { upAt, port: newPort, back: newBack } = second;
  const { port: oldPort, out: oldOut, back: oldBack } = first;
  const { address } = first.setup.sa.initiator;
  if (second.setup.sa.initiator.address !== address || oldPort === newPort) return null;
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
      say`Two clients come from ${address}, from ports ${oldPort} and ${newPort}. When the second one was up, ${first.setup.sa.responder.address} stopped sending ESP to the first, which still sends: `,
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

/** The last stream of each name, by that name. */
function lastByPort(
  streams: readonly EspStream[],
  nameOf: (stream: EspStream) => string,
): ReadonlyMap<string, EspStream> {
  const last = new Map<string, EspStream>();
  for (const stream of streams) {
    const known = last.get(nameOf(stream));
    if (known === undefined || stream.lastTime >= known.lastTime) last.set(nameOf(stream), stream);
  }
  return last;
}
