import { type Address, addressBytes } from "../../bytes/address.js";
import { toHex } from "../../bytes/hex.js";
import { LIVE_STATES, type LiveState, type LiveTunnel } from "../../live/tunnel.js";
import { worseLoss } from "./numbers.js";

/** By what the table is sorted, in the order in which a key goes through them. */
export const SORT_KEYS = ["state", "peer", "rate", "loss", "retransmissions", "since", "heard"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Which tunnels are shown, and in which order. */
export interface TunnelQuery {
  readonly sort: SortKey;
  readonly isReversed: boolean;
  /** Only tunnels in this state; null for all. */
  readonly state: LiveState | null;
  /** Words that must all be in a tunnel's peers, state, phase or finding codes. */
  readonly text: string;
}

const RANK: ReadonlyMap<LiveState, number> = new Map(LIVE_STATES.map((state, rank) => [state, rank]));

/**
 * Filters and sorts tunnels. Sort keys are made once a tunnel, not once a comparison. Little changes from one time to the
 * next, and sorting what is nearly sorted is quick: so it starts from the order of the last time.
 */
export class TunnelOrder {
  readonly #addressKeys = new Map<Address, string>();
  /** The index of each tunnel of the last answer before it was sorted. */
  #places: readonly number[] = [];

  /** The tunnels that the query asks for. Of tunnels that are alike in the sort key the older one comes first. */
  order(tunnels: readonly LiveTunnel[], query: TunnelQuery): readonly LiveTunnel[] {
    const chosen = tunnels.filter(matcher(query));
    const compare = this.#comparison(chosen, query.sort);
    const sign = query.isReversed ? -1 : 1;
    const places = startingPlaces(this.#places, chosen.length);
    places.sort((a, b) => sign * compare(a, b) || a - b);
    this.#places = places;
    const ordered: LiveTunnel[] = [];
    for (const place of places) {
      const tunnel = chosen[place];
      if (tunnel !== undefined) ordered.push(tunnel);
    }
    return ordered;
  }

  /** Compares tunnels by their places. */
  #comparison(tunnels: readonly LiveTunnel[], sort: SortKey): (a: number, b: number) => number {
    switch (sort) {
      case "peer": {
        // Addresses come and go for weeks: what is not shown any more must not stay.
        if (this.#addressKeys.size > 4 * tunnels.length + 1000) this.#addressKeys.clear();
        const first = tunnels.map(({ peers }) => this.#addressKey(peers[0]));
        const second = tunnels.map(({ peers }) => this.#addressKey(peers[1]));
        return (a, b) => compareText(first[a], first[b]) || compareText(second[a], second[b]);
      }
      case "state": {
        const ranks = Float64Array.from(tunnels, ({ state }) => RANK.get(state) ?? LIVE_STATES.length);
        const changes = Float64Array.from(tunnels, ({ since }) => -since);
        return (a, b) => difference(ranks, a, b) || difference(changes, a, b);
      }
      default: {
        const keys = Float64Array.from(tunnels, (tunnel) => numberKey(tunnel, sort));
        return (a, b) => difference(keys, a, b);
      }
    }
  }

  #addressKey(address: Address): string {
    const known = this.#addressKeys.get(address);
    if (known !== undefined) return known;
    const bytes = addressBytes(address);
    const key = bytes === null ? `9${address}` : `${bytes.length === 4 ? "4" : "6"}${toHex(bytes)}`;
    this.#addressKeys.set(address, key);
    return key;
  }
}

/** The places below `count`, those of the last time in their order. */
function startingPlaces(last: readonly number[], count: number): number[] {
  const places = last.length <= count ? last.slice() : last.filter((place) => place < count);
  for (let place = last.length; place < count; place++) places.push(place);
  return places;
}

/** The tunnel that comes first has the smallest key: the worst, the busiest, the newest. */
function numberKey(tunnel: LiveTunnel, sort: Exclude<SortKey, "peer" | "state">): number {
  switch (sort) {
    case "rate":
      return -(tunnel.directions[0].rate + tunnel.directions[1].rate);
    case "loss":
      return -(worseLoss(tunnel.directions) ?? -1);
    case "retransmissions":
      return -tunnel.retransmissions;
    case "since":
      return -tunnel.since;
    case "heard":
      return -tunnel.lastTime;
  }
}

function difference(keys: Float64Array, a: number, b: number): number {
  return (keys[a] ?? 0) - (keys[b] ?? 0);
}

function compareText(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function matcher({ state, text }: TunnelQuery): (tunnel: LiveTunnel) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (tunnel) =>
    (state === null || tunnel.state === state) && words.every((word) => hasWord(tunnel, word));
}

function hasWord({ peers, state, phase, findings }: LiveTunnel, word: string): boolean {
  return (
    peers[0].includes(word) ||
    peers[1].includes(word) ||
    state.includes(word) ||
    (phase !== null && phase.toLowerCase().includes(word)) ||
    findings.some(({ finding }) => finding.code.includes(word))
  );
}
