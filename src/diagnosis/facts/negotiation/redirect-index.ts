import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { Redirect, RedirectedFrom } from "../../../session/model.js";
import type { CaptureContext } from "../../context.js";
import { once } from "../../once.js";
import { FirstInTime } from "../first-in-time.js";

/**
 * Redirects of all tunnels by the client that they are told to, from the facts of the IKE SAs that tell of any: no tunnel is
 * opened, and where nobody is redirected no IKE SA is unpacked.
 */
class RedirectIndex {
  /** By client and each address of its tunnel, in order of the tunnels. */
  readonly #byTunnel: ReadonlyMap<string, FirstInTime<Redirect>>;
  readonly #byGateway: ReadonlyMap<string, FirstInTime<Redirect>>;
  /** Arrivals of redirected clients at other gateways, by client. */
  readonly #arrivals: ReadonlyMap<string, FirstInTime<RedirectedFrom>>;

  constructor({ tunnels }: CaptureContext) {
    const [byTunnel, byGateway] = [new Map<string, Redirect[]>(), new Map<string, Redirect[]>()];
    const arrivals = new Map<string, RedirectedFrom[]>();
    for (const { addresses, ikeSas } of tunnels) {
      for (const sa of ikeSas) {
        if (!sa.tellsOfRedirect) continue;
        const { facts } = sa;
        if (facts.redirectedFrom !== null) add(arrivals, facts.redirectedFrom.client, facts.redirectedFrom);
        for (const redirect of facts.redirects) {
          add(byGateway, keyOf(redirect.client, redirect.gateway), redirect);
          if (!addresses.includes(redirect.client)) continue;
          for (const address of new Set(addresses)) add(byTunnel, keyOf(redirect.client, address), redirect);
        }
      }
    }
    this.#byTunnel = searchable(byTunnel);
    this.#arrivals = searchable(arrivals);
    this.#byGateway = searchable(byGateway);
  }

  /** The first redirect of a client in a tunnel of `address` that was seen at `time` or later, in order of the tunnels. */
  next(client: Address, address: Address, time: Micros): Redirect | undefined {
    return this.#byTunnel.get(keyOf(client, address))?.find(time, Infinity);
  }

  /** Whether the gateway redirected the client in the time from `from` to before `to`. */
  isRedirected(client: Address, gateway: Address, from: Micros, to: Micros): boolean {
    const redirects = this.#byGateway.get(keyOf(client, gateway));
    return redirects?.find(from, to, ({ time }) => time < to) !== undefined;
  }

  /** The arrival of the client at another gateway, in the time from `from` to `to`, that says that `gateway` sent it. */
  arrival(client: Address, gateway: Address, from: Micros, to: Micros): RedirectedFrom | undefined {
    return this.#arrivals
      .get(client)
      ?.find(from, to, (one) => one.gateway === gateway && one.target !== gateway);
  }
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function searchable<T extends { readonly time: Micros }>(
  lists: ReadonlyMap<string, readonly T[]>,
): Map<string, FirstInTime<T>> {
  return new Map([...lists].map(([key, list]) => [key, new FirstInTime(list)]));
}

function keyOf(client: Address, address: Address): string {
  return `${client} ${address}`;
}

/** The redirects of a capture, gathered when they are first asked for. */
export const redirectIndex = once((capture: CaptureContext) => new RedirectIndex(capture));

/** When the last IKE SA of each address came up. */
const lastUp = once(({ tunnels }: CaptureContext): ReadonlyMap<Address, Micros> => {
  const known = new Map<Address, Micros>();
  for (const { addresses, ikeSas } of tunnels) {
    for (const { facts } of ikeSas) {
      if (facts.upAt === null) continue;
      for (const address of addresses) {
        known.set(address, Math.max(known.get(address) ?? 0, facts.upAt));
      }
    }
  }
  return known;
});

/** Whether an IKE SA of the address came up after `time`. */
export function isUpSince(capture: CaptureContext, address: Address, time: Micros): boolean {
  return (lastUp(capture).get(address) ?? 0) > time;
}
