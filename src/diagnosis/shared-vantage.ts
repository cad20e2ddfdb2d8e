import type { Address } from "../bytes/address.js";
import type { TunnelContext } from "./context.js";

/**
 * A sniffer stands at one place: where a tunnel itself does not tell it (its other end is the next router, perhaps), another
 * tunnel of one of its peers may. Not for several files, which may come from several places.
 */
export function withSharedVantage(contexts: readonly TunnelContext[]): readonly TunnelContext[] {
  const near = new Set<Address>();
  for (const { tunnel, vantage } of contexts) {
    if (vantage.place === "near-initiator") near.add(tunnel.addresses[0]);
    if (vantage.place === "near-responder") near.add(tunnel.addresses[1]);
  }
  return contexts.map((context) => {
    const { tunnel, vantage, capture } = context;
    const [initiator, responder] = tunnel.addresses;
    if (vantage.place !== "unknown" || tunnel.ikeSas.length === 0 || capture.files.length > 1) return context;
    if (near.has(initiator) === near.has(responder)) return context;
    const place = near.has(initiator) ? "near-initiator" : "near-responder";
    const address = near.has(initiator) ? initiator : responder;
    return { ...context, vantage: { place, reason: `another tunnel of ${address} tells` } };
  });
}
