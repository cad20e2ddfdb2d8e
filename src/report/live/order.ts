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

/** Filters and sorts tunnels. Sort keys are made once a tunnel, not once a comparison; those of addresses are kept. */
export class TunnelOrder {
  readonly #addressKeys = new Map<Address, string>();

  /** The tunnels that the query asks for. Of tunnels that are alike in the sort key the older one comes first. */
  order(tunnels: readonly LiveTunnel[], query: TunnelQuery): readonly LiveTunnel[] {
    const chosen = tunnels.filter(matcher(query));
    const sign = query.isReversed ? -1 : 1;
    const places = chosen.map((_, place) => place);
    if (query.sort === "peer") {
      const keys = this.#peerKeys(chosen);
      places.sort((a, b) => sign * compareText(keys[a] ?? "", keys[b] ?? "") || a - b);
    } else {
      const { sort } = query;
      const keys = Float64Array.from(chosen, (tunnel) => numberKey(tunnel, sort));
      const since = Float64Array.from(chosen, (tunnel) => (sort === "state" ? -tunnel.since : tunnel.id));
      places.sort((a, b) => sign * compare(keys, a, b) || sign * compare(since, a, b) || a - b);
    }
    return places.flatMap((place) => chosen[place] ?? []);
  }

  #peerKeys(tunnels: readonly LiveTunnel[]): string[] {
    // Addresses come and go for weeks: what is not shown any more must not stay.
    if (this.#addressKeys.size > 4 * tunnels.length + 1000) this.#addressKeys.clear();
    return tunnels.map(({ peers }) => `${this.#addressKey(peers[0])} ${this.#addressKey(peers[1])}`);
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

/** The tunnel that comes first has the smallest key: the worst, the busiest, the newest. */
function numberKey(tunnel: LiveTunnel, sort: Exclude<SortKey, "peer">): number {
  switch (sort) {
    case "state":
      return RANK.get(tunnel.state) ?? LIVE_STATES.length;
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

function compare(keys: Float64Array, a: number, b: number): number {
  return (keys[a] ?? 0) - (keys[b] ?? 0);
}

function compareText(a: string, b: string): number {
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
