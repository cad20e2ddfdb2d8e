import { HEADER_OK, IpHeader } from "../packet/ip/header.js";
import { parseIp } from "../packet/ip/parse.js";
import type { LinkParser } from "../packet/link/cursor.js";
import { isBrokenFragment, isReassembled } from "../packet/reassembly/candidates.js";
import { DEEPEST_NESTING } from "../packet/tunnel/nesting.js";
import type { FragmentPosition } from "./fragments.js";
import { type AddressPair, addressPair, rewriteIpHeader } from "./headers.js";
import type { Replacements } from "./ike/window.js";
import { DONE, type Layers, PART } from "./layer.js";
import { type LinkWalk, rewriteHeaders, walkLink } from "./link.js";
import type { LocatedSegment } from "./tcp/segment-queue.js";
import { upperRewriter } from "./transport/table.js";

/**
 * Rewrites IP packets and the packets inside them: the inside first, for it is judged by the addresses outside. The headers
 * are read by the readers of the dissector; the way through them is its own, for it goes back out again, to write.
 */
export class IpRewriter implements Layers {
  readonly replacements: Replacements;
  readonly #headers = Array.from({ length: DEEPEST_NESTING + 1 }, () => new IpHeader());
  /** The part of a packet at which the last frame could not be followed further. */
  part: FragmentPosition | LocatedSegment | null = null;
  replacement: Uint8Array | null = null;

  constructor(replacements: Replacements) {
    this.replacements = replacements;
  }

  setAside(part: FragmentPosition | LocatedSegment): number {
    this.part = part;
    return PART;
  }

  behindLink(bytes: Uint8Array, { follows, at, end }: LinkWalk, wireEnd: number, depth: number): number {
    return follows < 0 ? follows : this.ip(follows, bytes, at, end, wireEnd, depth);
  }

  ip(follows: number, bytes: Uint8Array, at: number, end: number, wireEnd: number, depth: number): number {
    const header = this.#headers[depth] as IpHeader;
    const status = parseIp(header, follows, bytes, at, end, wireEnd);
    if (status !== HEADER_OK) return status;
    const { version, payloadStart, payloadEnd } = header;
    const pair = addressPair(header, this.replacements.addresses);
    const outcome = header.fragmented ? this.#fragment(header, pair) : this.upper(header, pair, depth);
    if (outcome === PART) return PART;
    bytes.fill(0, Math.max(payloadEnd, payloadStart), end);
    rewriteIpHeader(bytes, at, payloadStart, version, pair);
    return DONE;
  }

  /** Rewrites what an IP header carries; returns DONE or PART. */
  upper(header: IpHeader, addresses: AddressPair, depth: number): number {
    return upperRewriter(header.protocol)(header, addresses, depth, this);
  }

  inner(
    tunnel: LinkParser,
    bytes: Uint8Array,
    start: number,
    end: number,
    wireEnd: number,
    depth: number,
  ): number {
    const walk = walkLink(bytes, start, end, tunnel);
    const outcome = this.behindLink(bytes, walk, wireEnd, depth + 1);
    if (outcome !== DONE) return outcome;
    bytes.fill(0, walk.end, end);
    rewriteHeaders(bytes, walk, this.replacements.identifiers);
    return DONE;
  }

  #fragment(header: IpHeader, addresses: AddressPair): number {
    const { bytes, payloadStart: start, payloadEnd: end, payloadLength: length } = header;
    if (isBrokenFragment(header) || !isReassembled(header)) {
      bytes.fill(0, start, end);
      return DONE;
    }
    if (this.replacement === null) {
      const { version, protocol, identification, fragmentOffset: offset, moreFragments: more } = header;
      return this.setAside({
        kind: "fragment",
        version,
        protocol,
        identification,
        addresses,
        offset,
        length,
        more,
        start,
        end,
      });
    }
    bytes.set(this.replacement.subarray(0, end - start), start);
    return DONE;
  }
}
