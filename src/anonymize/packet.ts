import { u16At, u32At } from "../bytes/reader.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import { HTTPS_PORT } from "../ike/tcp-record.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../ike/udp.js";
import { HEADER_OK, IpHeader, PROTOCOL } from "../packet/ip/header.js";
import { FOLLOWS, type LinkParser } from "../packet/link/cursor.js";
import { followExtensions } from "../packet/ip/ipv6.js";
import { readablePacket } from "../packet/ip/readable.js";
import { isReassembled } from "../packet/reassembly/candidates.js";
import { isIcmpError, quotationEnd } from "../packet/transport/icmp.js";
import { IP_TUNNELS, UDP_TUNNELS } from "../packet/tunnel/tunnels.js";
import { Checksum, pseudoHeader } from "./checksum.js";
import { type AddressPair, addressPair, blankExtensions, parseIp, rewriteIpHeader } from "./headers.js";
import { putU32 } from "./identifiers.js";
import { rewriteIke } from "./ike/message.js";
import type { Ends, Means } from "./ike/window.js";
import { linkParser, type LinkWalk, rewriteLinkHeader, rewriteMacs, walkLink } from "./link.js";
import type { FragmentPlace } from "./fragments.js";
import type { SegmentPlace } from "./tcp/desk.js";

/** Encapsulations within one another that are followed, as many as the dissector follows. */
const DEEPEST_NESTING = 4;

/** What became of a packet; negative values are those of OUTCOME, and then nothing was changed. */
const DONE = 1;
/** It is a part of a packet: nothing was changed. */
const PART = 2;

const UDP_HEADER = 8;
const TCP_HEADER = 20;
const ESP_HEADER = 8;
const AH_HEADER = 12;
const ICMP_HEADER = 8;
const GRE_CHECKSUM = 0x8000;
const GRE_KEY = 0x2000;
const GENEVE = 6081;
const NO_OPERATION = 1;
const ICMP_REDIRECT = 5;
const ALL_BITS = 0xffff;

/**
 * Rewrites frames in place, layer by layer: the inside first, for it is judged by the addresses outside. Lengths never change.
 * What is not understood is zeroed behind the last header that is.
 */
export class PacketRewriter {
  readonly #means: Means;
  readonly #headers = Array.from({ length: DEEPEST_NESTING + 1 }, () => new IpHeader());
  readonly #quoted = new IpHeader();
  /** The part of a packet at which the last frame could not be followed further. */
  part: FragmentPlace | SegmentPlace | null = null;
  #replacement: Uint8Array | null = null;

  constructor(means: Means) {
    this.#means = means;
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
    this.part = null;
    this.#replacement = replacement;
    const { identifiers } = this.#means;
    const parser = linkParser(linkType);
    if (parser === undefined) {
      bytes.fill(0, start, end);
      return true;
    }
    const walk = walkLink(bytes, start, end, parser);
    const outcome = this.#behindLink(bytes, walk, wireEnd, 0);
    if (outcome === PART) return false;
    bytes.fill(0, outcome === DONE ? walk.end : walk.at, end);
    rewriteMacs(bytes, walk, end, identifiers);
    rewriteLinkHeader(linkType, bytes, start, walk.at, identifiers);
    return true;
  }

  /** Rewrites a datagram's payload that was put together from fragments; [0, length) of it is there. */
  assembled(place: FragmentPlace, bytes: Uint8Array, length: number, declared: number): void {
    const header = this.#headers[0] as IpHeader;
    header.version = place.version;
    header.bytes = bytes;
    header.payloadStart = 0;
    header.payloadEnd = length;
    header.payloadLength = declared;
    header.fragments = null;
    header.protocol = place.protocol;
    if (place.version === 6) {
      const status = followExtensions(header, place.protocol);
      if (status !== HEADER_OK || header.fragmented) {
        bytes.fill(0, 0, length);
        return;
      }
    }
    const upperAt = header.payloadStart;
    // Fragments of tunnelled packets within fragments are nothing that is waited for twice.
    if (this.#upper(header, place.addresses, 0) === PART) bytes.fill(0, upperAt, length);
    if (place.version === 6) blankExtensions(bytes, place.protocol, 0, upperAt);
  }

  #behindLink(bytes: Uint8Array, { follows, at, end }: LinkWalk, wireEnd: number, depth: number): number {
    return follows < 0 ? follows : this.#ip(follows, bytes, at, end, wireEnd, depth);
  }

  #ip(follows: number, bytes: Uint8Array, at: number, end: number, wireEnd: number, depth: number): number {
    const header = this.#headers[depth] as IpHeader;
    const status = parseIp(header, follows, bytes, at, end, wireEnd);
    if (status !== HEADER_OK) return status;
    const { version, payloadStart, payloadEnd } = header;
    const pair = addressPair(header, this.#means.addresses);
    const outcome = header.fragmented ? this.#fragment(header, pair) : this.#upper(header, pair, depth);
    if (outcome === PART) return PART;
    bytes.fill(0, Math.max(payloadEnd, payloadStart), end);
    rewriteIpHeader(bytes, at, payloadStart, version, pair);
    return DONE;
  }

  #fragment(header: IpHeader, addresses: AddressPair): number {
    const { bytes, payloadStart: start, payloadEnd: end, payloadLength: length } = header;
    const isMalformed = length < 1 || (header.moreFragments && length % 8 !== 0);
    if (isMalformed || !isReassembled(header)) {
      bytes.fill(0, start, end);
      return DONE;
    }
    if (this.#replacement === null) {
      const { version, protocol, identification, fragmentOffset: offset, moreFragments: more } = header;
      this.part = {
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
      };
      return PART;
    }
    bytes.set(this.#replacement.subarray(0, end - start), start);
    return DONE;
  }

  #upper(header: IpHeader, pair: AddressPair, depth: number): number {
    const { bytes, payloadStart: start, payloadEnd: end, version, protocol } = header;
    switch (protocol) {
      case PROTOCOL.udp:
        return this.#udp(header, pair, depth);
      case PROTOCOL.tcp:
        return this.#tcpSegment(header, pair);
      case PROTOCOL.esp:
        this.#esp(bytes, start, end, start + header.payloadLength, depth);
        return DONE;
      case PROTOCOL.ah:
        this.#ah(bytes, start, end);
        return DONE;
      case PROTOCOL.icmp:
      case PROTOCOL.icmpv6:
        if ((protocol === PROTOCOL.icmp) === (version === 4)) this.#icmp(header, pair);
        else bytes.fill(0, start, end);
        return DONE;
      default:
        return this.#ipTunnel(header, depth);
    }
  }

  #udp(header: IpHeader, pair: AddressPair, depth: number): number {
    const { bytes, payloadStart: at, payloadEnd: end, payloadLength } = header;
    if (end - at < UDP_HEADER) {
      this.#ports(bytes, at, end);
      bytes.fill(0, Math.min(end, at + 4), end);
      return DONE;
    }
    const field = u16At(bytes, at + 4);
    const length = field < UDP_HEADER || field > payloadLength ? payloadLength : field;
    const covered = Math.min(end, at + length);
    const { source, destination, newSource, newDestination } = pair;
    // Zero says that the sender computed none.
    const hasChecksum = u16At(bytes, at + 6) !== 0;
    const before = hasChecksum ? pseudoHeader(source, destination, PROTOCOL.udp, length) : 0;
    const checksum = hasChecksum ? new Checksum(bytes, at + 6, at, covered, before) : null;
    const outcome = this.#udpPayload(bytes, at, covered, length - UDP_HEADER, pair, depth);
    if (outcome === PART) return PART;
    bytes.fill(0, covered, end);
    if (checksum === null) return DONE;
    checksum.settle(pseudoHeader(newSource, newDestination, PROTOCOL.udp, length));
    if (u16At(bytes, at + 6) === 0) checksum.put(ALL_BITS);
    return DONE;
  }

  #udpPayload(
    bytes: Uint8Array,
    header: number,
    end: number,
    length: number,
    pair: AddressPair,
    depth: number,
  ): number {
    const start = header + UDP_HEADER;
    const destinationPort = u16At(bytes, header + 2);
    const tunnel = UDP_TUNNELS.get(destinationPort);
    if (tunnel !== undefined && depth < DEEPEST_NESTING) {
      const outcome = this.#inner(tunnel, bytes, start, end, start + length, depth);
      if (outcome === DONE && destinationPort === GENEVE) {
        bytes.fill(0, start + 8, start + 8 + ((bytes[start] as number) & 0x3f) * 4);
      }
      if (outcome > 0) return outcome;
    }
    const sourcePort = u16At(bytes, header);
    const kind = classifyUdpPayload(bytes, start, end, length, sourcePort, destinationPort);
    const at = Math.min(end, start + udpPayloadOffset(kind));
    switch (kind) {
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker:
        rewriteIke(bytes, at, end, { ...endsOf(pair), sourcePort, destinationPort }, this.#means);
        return DONE;
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        this.#esp(bytes, at, end, start + length, depth);
        return DONE;
      case UDP_PAYLOAD.keepalive:
        return DONE;
      case UDP_PAYLOAD.malformed:
        this.#means.identifiers.scrap(bytes, start, end);
        return DONE;
      case UDP_PAYLOAD.notIpsec:
        bytes.fill(0, start, end);
        this.#ports(bytes, header, end);
        return DONE;
    }
  }

  /** Ports of what is not of IPsec, two of two bytes each; those that say what a packet is stay. */
  #ports(bytes: Uint8Array, at: number, end: number): void {
    if (end - at < 4) {
      bytes.fill(0, at, end);
      return;
    }
    for (const port of [at, at + 2]) {
      if (!isTelling(u16At(bytes, port))) this.#means.identifiers.port(bytes, port);
    }
  }

  #tcpSegment(header: IpHeader, pair: AddressPair): number {
    const { bytes, payloadStart: at, payloadEnd: end, payloadLength } = header;
    const headerLength = end - at < TCP_HEADER ? 0 : ((bytes[at + 12] as number) >> 4) << 2;
    if (headerLength < TCP_HEADER || headerLength > payloadLength) {
      this.#tcpHead(bytes, at, end);
      return DONE;
    }
    const { source, destination, newSource, newDestination } = pair;
    const payload = Math.min(end, at + headerLength);
    const isStream = isEncapsulated(bytes, at, end);
    if (isStream && this.#replacement === null) {
      this.part = {
        kind: "segment",
        ends: { source, destination, sourcePort: u16At(bytes, at), destinationPort: u16At(bytes, at + 2) },
        sequence: u32At(bytes, at + 4),
        flags: bytes[at + 13] as number,
        length: payloadLength - headerLength,
        start: payload,
        end,
      };
      return PART;
    }
    const pseudo = pseudoHeader(source, destination, PROTOCOL.tcp, payloadLength);
    const checksum = new Checksum(bytes, at + 16, at, end, pseudo);
    bytes.fill(NO_OPERATION, at + TCP_HEADER, payload);
    bytes.fill(0, payload, end);
    if (isStream) bytes.set(this.#replacement?.subarray(0, end - payload) ?? [], payload);
    else this.#ports(bytes, at, end);
    checksum.settle(pseudoHeader(newSource, newDestination, PROTOCOL.tcp, payloadLength));
    return DONE;
  }

  /** A header that is quoted or broken: ports and sequence number are all that there is to see. */
  #tcpHead(bytes: Uint8Array, at: number, end: number): void {
    if (!isEncapsulated(bytes, at, end)) this.#ports(bytes, at, end);
    bytes.fill(0, Math.min(end, at + 8), end);
  }

  #esp(bytes: Uint8Array, start: number, end: number, wireEnd: number, depth: number): void {
    if (end - start < 4) {
      bytes.fill(0, start, end);
      return;
    }
    let body = Math.min(end, start + ESP_HEADER);
    // Without encryption a packet stands there, which has addresses of its own.
    const plain = depth < DEEPEST_NESTING ? readablePacket(bytes, body, end, wireEnd) : null;
    if (plain !== null) {
      const follows = plain.version === 4 ? FOLLOWS.ipv4 : FOLLOWS.ipv6;
      const innerEnd = Math.min(end, plain.end);
      this.#means.identifiers.content(bytes, body, plain.at);
      if (this.#ip(follows, bytes, plain.at, innerEnd, plain.end, depth + 1) === DONE) body = innerEnd;
    }
    this.#means.identifiers.packet(bytes, start, body, end);
    putU32(bytes, start, this.#means.identifiers.espSpi(u32At(bytes, start)));
  }

  /** AH (RFC 4302 section 2): what it protects is in clear behind it. */
  #ah(bytes: Uint8Array, start: number, end: number): void {
    const behind = end - start < 2 ? end : Math.min(end, start + ((bytes[start + 1] as number) + 2) * 4);
    if (end - start < AH_HEADER) {
      bytes.fill(0, Math.min(end, start + 4), end);
      return;
    }
    putU32(bytes, start + 4, this.#means.identifiers.espSpi(u32At(bytes, start + 4)));
    this.#means.identifiers.packet(bytes, start, start + AH_HEADER, Math.max(behind, start + AH_HEADER));
    bytes.fill(0, Math.max(behind, start + AH_HEADER), end);
  }

  #icmp(header: IpHeader, { source, destination, newSource, newDestination }: AddressPair): void {
    const { bytes, payloadStart: at, payloadEnd: end, payloadLength, version } = header;
    if (end - at < ICMP_HEADER) {
      bytes.fill(0, Math.min(end, at + 2), end);
      return;
    }
    const pseudo = (from: Uint8Array, to: Uint8Array): number =>
      version === 4 ? 0 : pseudoHeader(from, to, PROTOCOL.icmpv6, payloadLength);
    const checksum = new Checksum(bytes, at + 2, at, end, pseudo(source, destination));
    if (isIcmpError(header)) {
      const quotedEnd = quotationEnd(header);
      if (version === 4 && bytes[at] === ICMP_REDIRECT) this.#means.addresses.rewrite(bytes, at + 4, 4);
      this.#quotation(bytes, at + ICMP_HEADER, quotedEnd);
      bytes.fill(0, quotedEnd, end);
    } else bytes.fill(0, at + 4, end);
    checksum.settle(pseudo(newSource, newDestination));
  }

  /** The packet that an ICMP error quotes, most of which is missing. */
  #quotation(bytes: Uint8Array, at: number, end: number): void {
    const header = this.#quoted;
    const follows = (bytes[at] ?? 0) >> 4 === 4 ? FOLLOWS.ipv4 : FOLLOWS.ipv6;
    if (parseIp(header, follows, bytes, at, end, end) !== HEADER_OK) {
      bytes.fill(0, at, end);
      return;
    }
    const { version, payloadStart, payloadEnd } = header;
    const pair = addressPair(header, this.#means.addresses);
    if (header.fragmentOffset > 0) bytes.fill(0, payloadStart, end);
    else if (header.protocol === PROTOCOL.tcp) this.#tcpHead(bytes, payloadStart, payloadEnd);
    else if (QUOTED.has(header.protocol)) this.#upper(header, pair, DEEPEST_NESTING);
    else bytes.fill(0, payloadStart, end);
    bytes.fill(0, Math.max(payloadStart, payloadEnd), end);
    rewriteIpHeader(bytes, at, payloadStart, version, pair);
  }

  #ipTunnel(header: IpHeader, depth: number): number {
    const { bytes, payloadStart: start, payloadEnd: end, payloadLength, protocol } = header;
    const tunnel = IP_TUNNELS.get(protocol);
    if (tunnel === undefined || depth >= DEEPEST_NESTING || start >= end) {
      bytes.fill(0, start, end);
      return DONE;
    }
    const flags = protocol === PROTOCOL.gre && end - start >= 8 ? u16At(bytes, start) : 0;
    const hasChecksum = (flags & GRE_CHECKSUM) !== 0;
    const checksum = hasChecksum ? new Checksum(bytes, start + 4, start, end) : null;
    const outcome = this.#inner(tunnel, bytes, start, end, start + payloadLength, depth);
    if (outcome === PART) return PART;
    if (outcome !== DONE) bytes.fill(0, Math.min(end, start + (protocol === PROTOCOL.gre ? 4 : 0)), end);
    const key = start + (hasChecksum ? 8 : 4);
    if ((flags & GRE_KEY) !== 0) bytes.fill(0, key, Math.min(end, key + 4));
    checksum?.settle();
    return DONE;
  }

  /** The packet that a tunnel header at `start` leads to. */
  #inner(
    tunnel: LinkParser,
    bytes: Uint8Array,
    start: number,
    end: number,
    wireEnd: number,
    depth: number,
  ): number {
    const walk = walkLink(bytes, start, end, tunnel);
    const outcome = this.#behindLink(bytes, walk, wireEnd, depth + 1);
    if (outcome !== DONE) return outcome;
    bytes.fill(0, walk.end, end);
    rewriteMacs(bytes, walk, end, this.#means.identifiers);
    return DONE;
  }
}

/** Protocols of which a quotation shows ports or an SPI. */
const QUOTED: ReadonlySet<number> = new Set([PROTOCOL.udp, PROTOCOL.esp, PROTOCOL.ah]);

function endsOf({ source, destination }: AddressPair): Pick<Ends, "source" | "destination"> {
  return { source, destination };
}

/** Ports that say that a packet is, or could be, one of IPsec or of a tunnel. */
function isTelling(port: number): boolean {
  return port === IKE_PORT || port === NAT_T_PORT || UDP_TUNNELS.has(port);
}

/** Whether TCP with these ports may carry IKE (RFC 9329). */
function isEncapsulated(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4) return false;
  return [u16At(bytes, at), u16At(bytes, at + 2)].some((port) => port === NAT_T_PORT || port === HTTPS_PORT);
}
