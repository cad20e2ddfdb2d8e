import { HEADER_OK, IpHeader } from "../packet/ip/header.js";
import { followExtensions } from "../packet/ip/ipv6.js";
import { linkParser } from "../packet/link/table.js";
import type { FragmentPosition } from "./fragments.js";
import { blankExtensions } from "./headers.js";
import type { Replacements } from "./ike/window.js";
import { IpRewriter } from "./ip.js";
import { DONE, PART } from "./layer.js";
import { rewriteHeaders, rewriteLinkHeader, understoodEnd, walkLink } from "./link.js";
import type { LocatedSegment } from "./tcp/segment-queue.js";

/**
 * Rewrites frames in place, from the link layer on; lengths never change. What is not understood is zeroed behind the last
 * header that is.
 */
export class PacketRewriter {
  readonly #replacements: Replacements;
  readonly #ip: IpRewriter;

  constructor(replacements: Replacements) {
    this.#replacements = replacements;
    this.#ip = new IpRewriter(replacements);
  }

  /** The part of a packet at which the last frame could not be followed further. */
  get part(): FragmentPosition | LocatedSegment | null {
    return this.#ip.part;
  }

  /**
   * Rewrites the frame in [start, end). False where it holds a fragment of a datagram or a segment of a stream: then `part` tells
   * which and nothing was changed; to be called again with the new bytes of that part as `replacement`.
   */
  frame(
    bytes: Uint8Array,
    start: number,
    end: number,
    wireEnd: number,
    linkType: number,
    replacement: Uint8Array | null,
  ): boolean {
    this.#ip.part = null;
    this.#ip.replacement = replacement;
    const { identifiers } = this.#replacements;
    const parser = linkParser(linkType);
    if (parser === undefined) {
      bytes.fill(0, start, end);
      return true;
    }
    const walk = walkLink(bytes, start, end, parser);
    const outcome = this.#ip.behindLink(bytes, walk, wireEnd, 0);
    if (outcome === PART) return false;
    bytes.fill(0, outcome === DONE ? walk.end : understoodEnd(walk), end);
    rewriteLinkHeader(linkType, bytes, start, walk.at, identifiers);
    rewriteHeaders(bytes, walk, identifiers);
    return true;
  }

  /** Rewrites a datagram's payload that was put together from fragments; [0, length) of it is there. */
  assembled(place: FragmentPosition, bytes: Uint8Array, length: number, declared: number): void {
    const header = headerOf(place, bytes, length, declared);
    if (place.version === 6) {
      const status = followExtensions(header, place.protocol);
      if (status !== HEADER_OK || header.fragmented) {
        bytes.fill(0, 0, length);
        return;
      }
    }
    const upperAt = header.payloadStart;
    // Fragments of tunnelled packets within fragments are nothing that is waited for twice.
    if (this.#ip.upper(header, place.addresses, 0) === PART) bytes.fill(0, upperAt, length);
    if (place.version === 6) blankExtensions(bytes, place.protocol, 0, upperAt);
  }
}

/** The header that the datagram would have had in one piece. */
function headerOf(place: FragmentPosition, bytes: Uint8Array, length: number, declared: number): IpHeader {
  const header = new IpHeader();
  header.version = place.version;
  header.bytes = bytes;
  header.payloadStart = 0;
  header.payloadEnd = length;
  header.payloadLength = declared;
  header.fragments = null;
  header.protocol = place.protocol;
  return header;
}
