import type { Address } from "../bytes/address.js";
import type { TunnelContext } from "../diagnosis/context.js";
import type { PlaceHint } from "../diagnosis/judge.js";
import { placedBy } from "../diagnosis/shared-vantage.js";

const MOST = 10_000;

/** Which addresses are near the sniffer, as the tunnels told that were judged so far. */
export class KnownPlaces implements PlaceHint {
  readonly #near = new Set<Address>();

  applied(context: TunnelContext): TunnelContext {
    const { tunnel, vantage } = context;
    const [initiator, responder] = tunnel.addresses;
    if (vantage.place === "near-initiator") this.#learn(initiator);
    else if (vantage.place === "near-responder") this.#learn(responder);
    return placedBy(context, (address) => this.#near.has(address));
  }

  #learn(address: Address): void {
    if (this.#near.size < MOST) this.#near.add(address);
  }
}
