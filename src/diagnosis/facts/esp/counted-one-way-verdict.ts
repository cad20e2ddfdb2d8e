import type { Address } from "../../../bytes/address.js";
import { hex32 } from "../../../bytes/hex.js";
import { joined, type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Evidence, Verdict } from "../../finding.js";
import { isNear } from "../side.js";
import { firstOf, lastOf } from "../sides.js";
import { type CountedOneWay, countedOneWay } from "./counted-one-way.js";

/** One-way traffic whose place, or whose harmlessness to the tunnel, the counters of the hosts tell. */
export function countedOneWayVerdict(context: TunnelContext): Verdict | null {
  const found = countedOneWay(context);
  const evidence = found === null ? [] : framesOf(context, found);
  if (found === null || evidence.length === 0) return null;
  const { confidence } = found;
  const told = { confidence, provenance: "observed", phase: "ESP", evidence } as const;
  switch (found.kind) {
    case "lost":
      return { ...told, ...lost(context, found), lines: found.lines };
    case "unseen":
      return { ...told, ...unseen(found), lines: found.lines };
    case "silent":
      return { ...told, ...silent(found), severity: "warning", lines: found.lines };
  }
}

type Parts = Pick<Verdict, "headline" | "summary" | "remedies">;

function lost(context: TunnelContext, { source, destination, spi, packets, stream }: CountedOneWay): Parts {
  const isThere = isNear(context, destination);
  const arrives = stream !== null && isThere;
  const sent =
    stream === null
      ? say`${source} has counted ${packets ?? 0} ESP packets that it sent in SPI ${hex32(spi)}`
      : say`The capture shows ${packets ?? 0} ESP packets of ${source} in SPI ${hex32(spi)}`;
  return {
    headline: arrives
      ? say`${packets ?? 0} ESP packets of ${source} reach ${destination}, and its IPsec has counted none`
      : say`ESP of ${source} is lost on the way: ${destination} has counted none of ${packets ?? 0} packet${packets === 1 ? "" : "s"}`,
    summary: joined(
      say`${sent}, and ${destination} has counted none as received, at a time at which it had sent itself. `,
      arrives
        ? say`They are dropped on that host, in front of its IPsec: a firewall rule (INPUT), the reverse path filter, or a port on which nobody takes them.`
        : isThere
          ? say`The capture near ${destination} has none of them either: they are lost on the way from ${source}, or dropped there behind its IPsec.`
          : say`They are lost on the way from ${source} to ${destination}, or dropped there in front of its IPsec.`,
    ),
    remedies: arrives ? AT_RECEIVER : isThere ? [leaving(source), FOLLOW] : [FOLLOW, ...AT_RECEIVER],
  };
}

function unseen({ source, destination, spi, packets }: CountedOneWay): Parts {
  const many: Message = packets === null ? "" : say` (${packets} packets)`;
  return {
    headline: say`ESP of ${source} is lost on the way: it counts what it sends${many}, and none comes to ${destination}`,
    summary: joined(
      say`${source} has counted what it decrypted, and what it sent back in SPI ${hex32(spi)}${many}. The capture near ${destination}, which has this Child SA from its beginning, shows none of that. `,
      say`So it is lost on the way from ${source} to ${destination}, or dropped at ${source} behind its IPsec.`,
    ),
    remedies: [leaving(source), FOLLOW],
  };
}

function silent({ source, destination, spi, packets }: CountedOneWay): Parts {
  const many: Message = packets === null ? "" : say` (${packets} packets)`;
  return {
    headline: say`${destination} decrypts the ESP of ${source}${many} and has nothing to send back: no answer comes to it from behind`,
    summary: joined(
      say`The counters of ${destination} say that it has received and decrypted the packets in SPI ${hex32(spi)}${many} and has sent none in that Child SA. `,
      say`So the tunnel works from ${source} to ${destination}, and no answer got as far as the IPsec of ${destination}: the host that was asked does not answer, its answers take another route, or a rule of ${destination} keeps them out of the tunnel.`,
    ),
    remedies: [
      say`At ${destination}, on the interface towards the inner network: do the decrypted packets leave there, and does an answer come back (tcpdump)?`,
      say`If no answer comes: the firewall of the inner host (ping is often blocked), and its route back, which must lead to ${destination}.`,
      say`If an answer comes: forwarding rules of ${destination}, a NAT rule that changes the answer before IPsec, and selectors that do not hold its addresses.`,
    ],
  };
}

function leaving(source: Address): Message {
  return say`Capture at ${source}: do the packets leave? If not, its own firewall (OUTPUT) drops them.`;
}

const FOLLOW =
  "Capture at the receiver, and on each device on the way: the last one that shows the packets (protocol 50, or UDP 4500) drops them; look at its firewall, NAT and cloud security groups.";
const AT_RECEIVER: readonly Message[] = [
  "At the receiver: iptables -vnL INPUT and nft list ruleset: is protocol 50 (or UDP 4500) let in? sysctl net.ipv4.conf.all.rp_filter.",
  "ip -s xfrm state there, twice: does the counter of the SPI stay 0, and do replay and failed?",
];

/** The packets themselves; else those of the other direction, for which they are the answers. */
function framesOf({ tunnel }: TunnelContext, { stream, source }: CountedOneWay): Evidence[] {
  const shown = stream ?? tunnel.streams[0];
  if (shown === undefined) return [];
  return stream === null
    ? [lastOf(shown, say`ESP of ${shown.source}, the other direction`)]
    : [firstOf(shown, say`first ESP packet of ${source} in that SPI`), lastOf(shown, say`the last one`)];
}
