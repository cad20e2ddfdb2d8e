import { sightingsOf } from "../../session/sightings.js";
import { initiatorPorts } from "../../session/clients/ports.js";
import type { Address } from "../../bytes/address.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import { IP_PROTOCOL } from "../../ike/registries/traffic-selectors.js";
import type { IcmpAnswer, Sighting, Tunnel } from "../../session/model.js";
import type { Setup, TunnelContext } from "../context.js";
import type { Verdict } from "../finding.js";
import { joined, type Message, say, verbatim } from "../../texts/message.js";
import { packetsAfter } from "./esp/esp-directions.js";
import { daemonAround, type LoggedDaemon } from "./host/logged-daemon.js";
import { healedAfter } from "./life/healing.js";
import { canonicalOf } from "./sides.js";

/** Hosts and routers limit how often they send ICMP errors: the next packet may be refused without a word. */
const ICMP_PAUSE: Micros = 1_500_000;
/** So long, and with so many packets, nothing is refused any more though it was before. */
const UNREFUSED = { least: 3_000_000, packets: 3 } as const;

/** Whether what was refused passes after the ICMP error: ESP both ways, an answer, or ESP from the port that was refused. */
export function wentOnAfter(context: TunnelContext, { time, error }: IcmpAnswer): boolean {
  const { quoted } = error;
  const { setups, tunnel } = context;
  if (quoted.protocol !== IP_PROTOCOL.UDP) {
    const later = tunnel.streams.filter((stream) => stream.lastTime > time + ICMP_PAUSE);
    return new Set(later.map(({ source }) => canonicalOf(tunnel, source))).size > 1;
  }
  const isFromPort = ({ source, time: at }: Sighting): boolean =>
    at > time && source.address !== quoted.source && source.port === quoted.destinationPort;
  // An answer comes from wherever it was asked; that the peer sends by itself, from another address, proves no way to it.
  const isOfRefused = (sighting: Sighting): boolean =>
    isFromPort(sighting) && sighting.source.address === quoted.destination;
  const byIke = setups.some(({ sa }) =>
    sa.exchanges.some(
      ({ request, response }) =>
        request?.sightings.some(isOfRefused) === true || response?.sightings.some(isFromPort) === true,
    ),
  );
  const byEsp = tunnel.streams.some(
    ({ encapsulation, source, sourcePort, lastTime }) =>
      encapsulation === "udp" &&
      lastTime > time &&
      source !== quoted.source &&
      sourcePort === quoted.destinationPort &&
      (source === quoted.destination || isSentTo(tunnel, source, time)),
  );
  return (
    byIke ||
    byEsp ||
    isFollowedElsewhere(tunnel, quoted.destination, time) ||
    healedAfter(context, time, refusedClient(context, quoted))
  );
}

/** Whether ESP of an SPI that came from that address goes on from another one after `time`, and the other side sends there. */
function isFollowedElsewhere(tunnel: Tunnel, address: Address, time: Micros): boolean {
  const left = tunnel.streams.filter(({ source }) => source === address);
  return tunnel.streams.some(
    (stream) =>
      stream.source !== address &&
      stream.lastTime > time &&
      left.some(({ spi, destination }) => spi === stream.spi && destination === stream.destination) &&
      isSentTo(tunnel, stream.source, time),
  );
}

/** The setup of the client that was refused, by its port; undefined where that is not its end. */
function refusedClient(
  { setups }: TunnelContext,
  { destination, destinationPort }: IcmpAnswer["error"]["quoted"],
): Setup | undefined {
  return destinationPort === null
    ? undefined
    : setups.findLast(
        ({ sa }) => sa.initiator.address === destination && initiatorPorts(sa).has(destinationPort),
      );
}

/** Whether ESP goes to that address after `time`: the peer was followed there. */
function isSentTo({ streams }: Tunnel, address: Address, time: Micros): boolean {
  return streams.some(({ destination, lastTime }) => destination === address && lastTime > time);
}

/** The part of a verdict on refusals that their end decides. */
interface End extends Pick<Verdict, "remedies" | "lines"> {
  readonly text: Message;
  /** Behind the headline. */
  readonly after: Message;
}

/**
 * How refusals ended, and what there is to do then: who refuses no more need not be started. `isMended`: packets were answered after
 * the last one.
 */
export function endOfRefusals(
  context: TunnelContext,
  {
    first,
    last,
    what,
    isMended,
  }: {
    readonly first: IcmpAnswer;
    readonly last: IcmpAnswer;
    readonly what: Message;
    readonly isMended: boolean;
  },
): End {
  const isByPeer = first.source === first.error.quoted.destination;
  const daemon = isByPeer ? daemonAround(context, first.source, first.time) : null;
  const lines = daemon === null ? {} : { lines: [daemon.line] };
  const logged = daemon === null ? "" : loggedText(daemon);
  if (isMended) {
    const text = joined("Later packets were answered, so the fault healed.", logged);
    return {
      text,
      after: "",
      remedies: [isByPeer ? whyDown(first.source) : whyRefused(first.source)],
      ...lines,
    };
  }
  const unrefused = unrefusedAfter(context, last);
  if (unrefused !== null || daemon?.kind === "started-after") {
    const span =
      unrefused === null
        ? ""
        : say` For ${humanDuration(unrefused)} after the last of them packets to ${what} are not refused any more, and not answered either.`;
    const back = isByPeer ? say` So ${first.source} takes them again, and no longer knows this tunnel.` : "";
    return {
      text: joined("Nothing else answered afterwards.", span, logged, back),
      after: unrefused === null ? "" : "; then no longer refused, and not answered",
      remedies: isByPeer ? [SET_UP_ANEW, whyDown(first.source)] : [whyRefused(first.source), SET_UP_ANEW],
      ...lines,
    };
  }
  const text = joined("Nothing else answered afterwards.", logged);
  return daemon === null ? { text, after: "" } : { text, after: "", remedies: LISTENS, ...lines };
}

function loggedText({ kind, host }: LoggedDaemon): Message {
  return kind === "started-after"
    ? say` The log of ${verbatim(host)} shows a start of the daemon after the first of them.`
    : say` The log of ${verbatim(host)} shows a start of the daemon before them, and no end.`;
}

const SET_UP_ANEW: Message =
  "Set the tunnel up anew at the peer that still uses the old one; dead peer detection with a start action does that by itself.";

function whyDown(address: Address): Message {
  return say`It no longer refuses, so nothing has to be started. The log of ${address} at that time: why its daemon was not there (restart, update, crash).`;
}

function whyRefused(address: Address): Message {
  return say`It no longer refuses. What was changed at ${address} at that time: rules, routes, interfaces.`;
}

const LISTENS: readonly Message[] = [
  "The daemon was started: 'ss -lunp | grep -E \":(500|4500)\"' there must show it, on the right address; its log says why not (socket error, a crash).",
  "If the address that answered is not the VPN gateway: correct the peer address or the port forwarding.",
];

/**
 * For how long the refused side's packets went on after the last ICMP error without another one; null where that is too short, or
 * too few packets tell.
 */
function unrefusedAfter(
  { tunnel, setups }: TunnelContext,
  { time, error: { quoted } }: IcmpAnswer,
): Micros | null {
  if (quoted.protocol !== IP_PROTOCOL.UDP) return null;
  const since = time + ICMP_PAUSE;
  const times: Micros[] = [];
  let packets = 0;
  for (const stream of tunnel.streams) {
    const { encapsulation, source, destination, destinationPort, lastTime } = stream;
    if (encapsulation !== "udp" || source !== quoted.source || destination !== quoted.destination) continue;
    if (destinationPort !== quoted.destinationPort || lastTime <= since) continue;
    packets += Math.max(1, packetsAfter(stream, since));
    times.push(lastTime);
  }
  for (const sighting of setups.flatMap(({ sa }) => sightingsOf(sa))) {
    const { source, destination, time: at } = sighting;
    if (at <= since || source.address !== quoted.source) continue;
    if (destination.address !== quoted.destination || destination.port !== quoted.destinationPort) continue;
    packets++;
    times.push(at);
  }
  const span = Math.max(-Infinity, ...times) - time;
  return packets >= UNREFUSED.packets && span >= UNREFUSED.least ? span : null;
}
