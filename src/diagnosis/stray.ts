import type { Tunnel } from "../session/model.js";
import { isLonePacket } from "./facts/esp/lone-packet.js";
import type { Status } from "./finding.js";

/** Packets that are no IKE at all, from one sender: more are a fault of their own. */
const STRAY_DATAGRAMS = 2;
/** Fewer peers of this kind are told one by one, as others are. */
const FOLDED_FROM = 3;

/** Whether a tunnel may be a scan or a packet that strayed, or the first attempt of one: no more than one IKE message, or else one packet on UDP 4500, nothing of ICMP, nothing to judge. */
export function isStray(tunnel: Tunnel, status: Status): boolean {
  // One that shares its address with clients of the peer is a client too.
  if (status !== "nothing-to-judge" || tunnel.client !== null) return false;
  const { ikeSas, ikeSasNotKept, streams, streamsNotKept, icmp, malformed, notKept } = tunnel;
  const messages = ikeSas.reduce(
    (sum, { exchanges, unkept }) =>
      exchanges.reduce(
        (own, { request, response }) => own + (request?.tries ?? 0) + (response?.tries ?? 0),
        sum + unkept,
      ),
    ikeSasNotKept,
  );
  const others = [
    messages === 0 && isLonePacket(streams) ? 0 : streams.length,
    streamsNotKept,
    icmp.length,
    tunnel.strayFragments.length,
    tunnel.brokenEsp.size,
    tunnel.tcpConnections.length,
    notKept.malformed,
  ];
  return messages <= 1 && malformed.length <= STRAY_DATAGRAMS && others.every((count) => count === 0);
}

/** The tunnels that reports for people tell of; the others, if they are many and not all, are told by their number alone. */
export function toldTunnels<T extends { readonly isStray: boolean }>(tunnels: readonly T[]): readonly T[] {
  const others = tunnels.filter((judged) => !judged.isStray);
  return others.length === 0 || tunnels.length - others.length < FOLDED_FROM ? tunnels : others;
}
