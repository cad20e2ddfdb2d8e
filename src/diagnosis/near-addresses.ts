import type { Address } from "../bytes/address.js";
import type { Vantage } from "../session/vantage.js";
import { say } from "../texts/message.js";
import type { TunnelContext } from "./context.js";

/** Bounds memory: one end of twice as many tunnels as an analysis keeps. */
const MOST_ADDRESSES = 100_000;

/**
 * The addresses that the sniffer is near, as tunnels tell. A sniffer stands at one place: where a tunnel itself does not tell it
 * (its other end is the next router, perhaps), another tunnel of one of its peers may. Not for several files, which may come
 * from several places.
 */
export class NearAddresses {
  readonly #near = new Set<Address>();

  /** Takes in what the packets of a tunnel tell of its two peers, the initiator first. */
  learn([initiator, responder]: readonly [Address, Address], { place }: Vantage): void {
    if (this.#near.size >= MOST_ADDRESSES) return;
    if (place === "near-initiator") this.#near.add(initiator);
    else if (place === "near-responder") this.#near.add(responder);
  }

  /** The context, placed by which of its ends is known to be near the sniffer, where its own packets do not tell. */
  applied(context: TunnelContext): TunnelContext {
    const { tunnel, vantage, capture } = context;
    const [initiator, responder] = tunnel.addresses;
    if (vantage.place !== "unknown" || tunnel.ikeSas.length === 0 || capture.files.length > 1) return context;
    const isNearInitiator = this.#near.has(initiator);
    if (isNearInitiator === this.#near.has(responder)) return context;
    const place = isNearInitiator ? "near-initiator" : "near-responder";
    const address = isNearInitiator ? initiator : responder;
    return { ...context, vantage: { place, reason: say`another tunnel of ${address} tells` } };
  }
}
