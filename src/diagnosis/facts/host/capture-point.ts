import type { HostContext } from "../../context.js";

/** Whether the sniffer stood at this host, so that what is missing in the capture never left it, or never came. */
export function isTakenAtHost({ host, tunnel }: HostContext): boolean {
  if (tunnel === null) return false;
  const initiator = tunnel.tunnel.ikeSas[0]?.initiator.address ?? tunnel.tunnel.addresses[0];
  const isInitiator = host.records.addresses.has(initiator);
  const { place } = tunnel.vantage;
  return place === "both-ends" || place === (isInitiator ? "near-initiator" : "near-responder");
}

/** Whether nothing speaks against it: what comes to the host passes here, and the place is neither at the peer nor before a router. */
export function mayBeTakenAtHost(context: HostContext): boolean {
  return isTakenAtHost(context) || context.tunnel?.vantage.place === "unknown";
}
