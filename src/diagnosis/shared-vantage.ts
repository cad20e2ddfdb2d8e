import type { Address } from "../bytes/address.js";
import type { KeptTunnel } from "../session/model.js";
import { vantageOf } from "../session/vantage.js";
import type { TunnelContext } from "./context.js";
import { say } from "../texts/message.js";

/**
 * A sniffer stands at one place: where a tunnel itself does not tell it (its other end is the next router, perhaps), another
 * tunnel of one of its peers may. Not for several files, which may come from several places.
 */
export class SharedVantage {
  readonly #tunnels: readonly KeptTunnel[];
  /** Tunnels by their addresses; made when first asked for. */
  #byAddress: Map<Address, KeptTunnel[]> | null = null;
  readonly #known = new Map<Address, boolean>();

  constructor(tunnels: readonly KeptTunnel[]) {
    this.#tunnels = tunnels;
  }

  /** The context, with the place that other tunnels tell where its own does not. */
  applied(context: TunnelContext): TunnelContext {
    return placedBy(context, (address) => this.#isNear(address));
  }

  /** Whether some tunnel of this address was captured near it. */
  #isNear(address: Address): boolean {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    this.#byAddress ??= byAddress(this.#tunnels);
    const isNear = (this.#byAddress.get(address) ?? []).some((kept) => {
      const { place } = vantageOf(kept);
      return place === (kept.addresses[0] === address ? "near-initiator" : "near-responder");
    });
    this.#known.set(address, isNear);
    return isNear;
  }
}

/** The context, placed by which of its ends is known to be near the sniffer, where its own packets do not tell. */
export function placedBy(context: TunnelContext, isNear: (address: Address) => boolean): TunnelContext {
  const { tunnel, vantage, capture } = context;
  const [initiator, responder] = tunnel.addresses;
  if (vantage.place !== "unknown" || tunnel.ikeSas.length === 0 || capture.files.length > 1) return context;
  const isNearInitiator = isNear(initiator);
  if (isNearInitiator === isNear(responder)) return context;
  const place = isNearInitiator ? "near-initiator" : "near-responder";
  const address = isNearInitiator ? initiator : responder;
  return { ...context, vantage: { place, reason: say`another tunnel of ${address} tells` } };
}

function byAddress(tunnels: readonly KeptTunnel[]): Map<Address, KeptTunnel[]> {
  const found = new Map<Address, KeptTunnel[]>();
  for (const tunnel of tunnels) {
    for (const address of tunnel.addresses) {
      const of = found.get(address);
      if (of === undefined) found.set(address, [tunnel]);
      else of.push(tunnel);
    }
  }
  return found;
}
