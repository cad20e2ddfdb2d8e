import { ipv4At, ipv6At } from "../../bytes/address.js";
import { u32At } from "../../bytes/reader.js";
import type { PacketView } from "../../packet/packet.js";
import type { OuterPair } from "../model.js";

/** Links that are kept, and pairs of peers on each: enough to see that there are several. */
const LINKS = 1024;
const ON_EACH = 16;
/** Entries of the memory of what was noted last: link and both addresses. */
const RECENT = 64;
const WIDTH = 3;

/** Between which outer addresses a link carries IPsec. Bounded; what was noted lately costs no allocation. */
export class PeersOfLinks {
  readonly #byLink = new Map<number, OuterPair[]>();
  readonly #recent = new Int32Array(RECENT * WIDTH);
  /** The two links that were found full last, mostly the directions of one: nothing more is to be noted of them. */
  readonly #full = new Int32Array(2);

  /** Notes the peers of a packet on its link; 0, a link that is not known, is passed over. */
  note({ ipVersion, addressBytes, sourceAt, destinationAt }: PacketView, link: number): void {
    const full = this.#full;
    if (link === 0 || link === full[0] || link === full[1]) return;
    const source = wordOf(addressBytes, sourceAt, ipVersion);
    const destination = wordOf(addressBytes, destinationAt, ipVersion);
    const recent = this.#recent;
    const at = ((link ^ source ^ (destination << 1) ^ (source >>> 7)) & (RECENT - 1)) * WIDTH;
    if (recent[at] === link && recent[at + 1] === source && recent[at + 2] === destination) return;
    recent[at] = link;
    recent[at + 1] = source;
    recent[at + 2] = destination;
    this.#add(link, outerPairAt(addressBytes, sourceAt, destinationAt, ipVersion));
  }

  /** The pairs of a link. */
  on(link: number): readonly OuterPair[] {
    return this.#byLink.get(link) ?? [];
  }

  #add(link: number, pair: OuterPair): void {
    const pairs = this.#byLink.get(link);
    if (pairs === undefined) {
      if (this.#byLink.size < LINKS) this.#byLink.set(link, [pair]);
      return;
    }
    if (pairs.some((other) => other.source === pair.source && other.destination === pair.destination)) return;
    if (pairs.length < ON_EACH) pairs.push(pair);
    else if (this.#full[0] !== link) this.#full.set([link, this.#full[0] as number]);
  }
}

/** The addresses that stand at these places. */
export function outerPairAt(
  bytes: Uint8Array,
  sourceAt: number,
  destinationAt: number,
  version: 4 | 6,
): OuterPair {
  const text = version === 4 ? ipv4At : ipv6At;
  return { source: text(bytes, sourceAt), destination: text(bytes, destinationAt) };
}

/** An IPv4 address, or an IPv6 address folded into one signed word. */
function wordOf(bytes: Uint8Array, at: number, version: 4 | 6): number {
  if (version === 4) return u32At(bytes, at) | 0;
  let word = 6;
  for (let part = 0; part < 4; part++) word = Math.imul(word ^ u32At(bytes, at + part * 4), 0x9e3779b1);
  return word;
}
