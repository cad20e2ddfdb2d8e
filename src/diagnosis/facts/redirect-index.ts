import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import type { Redirect } from "../../session/model.js";
import type { CaptureContext } from "../context.js";
import { once } from "../once.js";
import { FirstInTime } from "./first-in-time.js";

/** Redirects of all tunnels by the client that they are told to, from the facts of the IKE SAs: no tunnel is opened. */
class RedirectIndex {
  /** By client and each address of its tunnel, in order of the tunnels. */
  readonly #byTunnel: ReadonlyMap<string, FirstInTime<Redirect>>;
  readonly #byGateway: ReadonlyMap<string, FirstInTime<Redirect>>;
  /** When the last IKE SA of an address came up. */
  readonly #lastUp = new Map<Address, Micros>();

  constructor({ tunnels }: CaptureContext) {
    const [byTunnel, byGateway] = [new Map<string, Redirect[]>(), new Map<string, Redirect[]>()];
    for (const { addresses, ikeSas } of tunnels) {
      for (const { facts } of ikeSas) {
        for (const redirect of facts.redirects) {
          add(byGateway, keyOf(redirect.client, redirect.gateway), redirect);
          if (!addresses.includes(redirect.client)) continue;
          for (const address of new Set(addresses)) add(byTunnel, keyOf(redirect.client, address), redirect);
        }
        if (facts.upAt === null) continue;
        for (const address of addresses) {
          this.#lastUp.set(address, Math.max(this.#lastUp.get(address) ?? 0, facts.upAt));
        }
      }
    }
    this.#byTunnel = searchable(byTunnel);
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

  /** Whether an IKE SA of the address came up after `time`. */
  isUpSince(address: Address, time: Micros): boolean {
    return (this.#lastUp.get(address) ?? 0) > time;
  }
}

function add(lists: Map<string, Redirect[]>, key: string, redirect: Redirect): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [redirect]);
  else list.push(redirect);
}

function searchable(lists: ReadonlyMap<string, readonly Redirect[]>): Map<string, FirstInTime<Redirect>> {
  return new Map([...lists].map(([key, list]) => [key, new FirstInTime(list)]));
}

function keyOf(client: Address, address: Address): string {
  return `${client} ${address}`;
}

/** The redirects of a capture, gathered when they are first asked for. */
export const redirectIndex = once((capture: CaptureContext) => new RedirectIndex(capture));
