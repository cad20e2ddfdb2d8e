import type { KeptTunnel } from "../session/model.js";

/**
 * Tunnels in the order in which they are judged: those first that look as if something were wrong, so that judging that is ended
 * early has come to them. Looks at nothing that would have to be unpacked, and says nothing of what the judgement will be.
 */
export function suspiciousFirst(tunnels: readonly KeptTunnel[]): KeptTunnel[] {
  const ranks = new Map(tunnels.map((tunnel) => [tunnel, rankOf(tunnel)]));
  return tunnels.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

const NO_SPI = /^0*$/;

function rankOf({ icmp, ikeSas, malformed, streams }: KeptTunnel): number {
  const isUnanswered = ikeSas.some(({ responderSpi }) => NO_SPI.test(responderSpi));
  if (icmp.length > 0 || malformed.length > 0 || isUnanswered) return 0;
  const senders = new Set(streams.map(({ source }) => source));
  return senders.size < 2 ? 1 : 2;
}
