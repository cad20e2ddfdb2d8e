import type { Micros } from "../bytes/time.js";
import { countSkipped, newCounters, type DissectorCounters } from "./counters.js";
import { HEADER_OK, IpHeader, PROTOCOL } from "./ip/header.js";
import { followExtensions } from "./ip/ipv6.js";
import { parseIp } from "./ip/parse.js";
import { FOLLOWS, type LinkCursor, type LinkParser } from "./link/cursor.js";
import { LINKTYPE_ETHERNET, linkParser } from "./link/table.js";
import { walkToIp } from "./link/walk.js";
import { OUTCOME } from "./outcome.js";
import { PACKET, type IncompleteDatagram, type PacketKind, type PacketView } from "./packet.js";
import { isBrokenFragment, isReassembled } from "./reassembly/candidates.js";
import type { ReassemblyLimits } from "./reassembly/limits.js";
import { Reassembler } from "./reassembly/reassembler.js";
import { isIcmpError, parseIcmpError } from "./transport/icmp.js";
import { parseAh, parseEsp, parseTcp, parseUdp, setWindow } from "./transport/payload.js";
import { DEEPEST_NESTING } from "./tunnel/nesting.js";
import { IP_TUNNELS, UDP_TUNNELS } from "./tunnel/tunnels.js";
import { newPacketView, showHeader } from "./view.js";

/** A frame as the dissector takes it; an object, for a time as an argument would be boxed for each frame. */
export interface DissectedFrame {
  /** The captured bytes are [start, end) of these. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Length of the frame on the wire. */
  readonly originalLength: number;
  /** LINKTYPE_ number. */
  readonly linkType: number;
  readonly time: Micros;
}

export interface DissectorOptions {
  /** Called when a datagram whose fragments did not all arrive, or cannot be used, is given up. */
  readonly onIncomplete?: (datagram: IncompleteDatagram) => void;
  readonly limits?: Partial<ReassemblyLimits>;
}

/**
 * Follows frames from the link layer to UDP, TCP, ESP, AH or an ICMP error, through tags, tunnels and fragments. The
 * result is in `view`, which is reused: valid until the next frame. The path of an unfragmented packet allocates
 * nothing.
 */
export class Dissector {
  readonly view: PacketView = newPacketView();
  readonly counters: DissectorCounters;
  readonly #reassembler: Reassembler;
  readonly #cursor: LinkCursor = { bytes: this.view.bytes, at: 0, end: 0, hostSide: 0 };
  /** One header for each depth, so that the outer one is still there where the inner packet proves to be none. */
  readonly #headers = Array.from({ length: DEEPEST_NESTING + 1 }, () => new IpHeader());
  #frame = 0;
  #time: Micros = 0;

  constructor(options: DissectorOptions = {}) {
    this.#reassembler = new Reassembler(options.limits, options.onIncomplete);
    this.counters = newCounters(this.#reassembler.counters);
  }

  /** Datagrams that wait for fragments, and the bytes they hold. */
  get waiting(): { readonly datagrams: number; readonly bytes: number } {
    return this.#reassembler.waiting;
  }

  /** When the next pending datagram is due to be given up. */
  get nextExpiry(): Micros {
    return this.#reassembler.nextExpiry;
  }

  /** Counts frames whose packets were taken by somebody else. */
  countSkimmed(frames: number): void {
    this.counters.frames += frames;
    this.counters.packets += frames;
  }

  /**
   * Dissects a frame; returns `view.kind`. Never throws, whatever the bytes. Its number and time go into the accounts of
   * fragments.
   */
  dissect(frame: DissectedFrame, number: number): PacketKind {
    const { view, counters } = this;
    const { bytes, start, end, originalLength, linkType } = frame;
    counters.frames++;
    this.#frame = number;
    this.#time = frame.time;
    if (frame.time >= this.#reassembler.nextExpiry) this.#reassembler.expire(frame.time);
    view.icmp = null;
    view.fragments = null;
    view.mirrored = false;
    view.brokenFragment = false;
    view.hostSide = 0;
    const last = end < bytes.length ? end : bytes.length;
    const wireEnd = start + originalLength > last ? start + originalLength : last;
    // Nearly all frames are untagged Ethernet with IPv4.
    const outcome =
      linkType === LINKTYPE_ETHERNET &&
      last - start >= 34 &&
      bytes[start + 12] === 8 &&
      bytes[start + 13] === 0
        ? this.#ip(FOLLOWS.ipv4, bytes, start + 14, last, wireEnd, 0)
        : this.#link(bytes, start, last, wireEnd, linkType);
    if (outcome > 0) {
      counters.packets++;
      view.kind = outcome as PacketKind;
    } else {
      countSkipped(counters, outcome, linkType);
      view.kind = PACKET.skipped;
    }
    return view.kind;
  }

  /** Gives up fragments that have waited too long by `now`, where no frame comes that would tell the time. */
  expire(now: Micros): void {
    if (now >= this.#reassembler.nextExpiry) this.#reassembler.expire(now);
  }

  /** Gives up all pending fragments (end of capture). */
  finish(): void {
    this.#reassembler.finish();
  }

  #link(bytes: Uint8Array, start: number, end: number, wireEnd: number, linkType: number): number {
    const parser = linkParser(linkType);
    return parser === undefined
      ? OUTCOME.unknownLinkType
      : this.#carried(parser, bytes, start, end, wireEnd, 0);
  }

  /** Dissects what starts with the header that `parser` reads and should lead to IP. */
  #carried(
    parser: LinkParser,
    bytes: Uint8Array,
    start: number,
    end: number,
    wireEnd: number,
    depth: number,
  ): number {
    const cursor = this.#cursor;
    cursor.bytes = bytes;
    cursor.at = start;
    cursor.end = end;
    cursor.hostSide = 0;
    const follows = walkToIp(cursor, parser);
    if (depth === 0) this.view.hostSide = cursor.hostSide;
    return follows < 0 ? follows : this.#ip(follows, bytes, cursor.at, cursor.end, wireEnd, depth);
  }

  #ip(follows: number, bytes: Uint8Array, at: number, end: number, wireEnd: number, depth: number): number {
    const header = this.#headers[depth] as IpHeader;
    const status = parseIp(header, follows, bytes, at, end, wireEnd);
    if (status !== HEADER_OK) return status;
    if (!header.fragmented) return this.#upperLayer(header, depth);
    return this.#fragment(header, depth);
  }

  #fragment(header: IpHeader, depth: number): number {
    if (isBrokenFragment(header)) return this.#brokenFragment(header);
    if (!isReassembled(header)) return OUTCOME.fragment;
    const headerLength = header.ipLength - header.payloadLength - (header.version === 6 ? 8 : 0);
    const whole = this.#reassembler.add(header, this.#frame, this.#time);
    if (whole === null) return OUTCOME.fragment;
    header.bytes = whole.bytes;
    header.payloadStart = 0;
    header.payloadEnd = whole.length;
    header.payloadLength = whole.length;
    header.ipLength = headerLength + whole.length;
    header.fragments = whole.fragments;
    header.protocol = whole.protocol;
    if (header.version === 6) {
      const status = followExtensions(header, whole.protocol);
      if (status !== HEADER_OK) return status;
      // A fragment header within a reassembled datagram is nothing that a stack would send.
      if (header.fragmented) return OUTCOME.malformed;
    }
    return this.#upperLayer(header, depth);
  }

  /** Nothing can be put together with it; a first one of UDP is shown as far as it goes. */
  #brokenFragment(header: IpHeader): number {
    const { view } = this;
    if (header.fragmentOffset === 0 && header.protocol === PROTOCOL.udp) {
      showHeader(view, header);
      view.brokenFragment = parseUdp(view, header) === PACKET.udp;
    }
    return OUTCOME.malformed;
  }

  #upperLayer(header: IpHeader, depth: number): number {
    const { view } = this;
    showHeader(view, header);
    switch (header.protocol) {
      case PROTOCOL.udp:
        return this.#udp(header, depth);
      case PROTOCOL.esp:
        return this.#esp(header);
      case PROTOCOL.tcp:
        return parseTcp(view, header);
      case PROTOCOL.ah:
        return parseAh(view, header);
      case PROTOCOL.icmp:
        return header.version === 4 ? this.#icmp(header) : OUTCOME.otherProtocol;
      case PROTOCOL.icmpv6:
        return header.version === 6 ? this.#icmp(header) : OUTCOME.otherProtocol;
      default:
        return this.#ipTunnel(header, depth);
    }
  }

  #esp(header: IpHeader): number {
    const outcome = parseEsp(this.view, header);
    if (outcome === OUTCOME.truncated) this.counters.cutEsp++;
    return outcome;
  }

  #udp(header: IpHeader, depth: number): number {
    const { view } = this;
    const kind = parseUdp(view, header);
    if (kind !== PACKET.udp) return kind;
    const tunnel = UDP_TUNNELS.get(view.destinationPort);
    if (tunnel === undefined || depth >= DEEPEST_NESTING) return kind;
    const { payloadStart: start, payloadEnd: end } = view;
    const inner = this.#inner(tunnel, header.bytes, start, end, start + view.payloadLength, depth);
    if (inner !== OUTCOME.notIp && inner !== OUTCOME.truncated && inner !== OUTCOME.malformed) return inner;
    // A packet to a tunnel's port that holds no tunnel is a UDP packet like any other.
    showHeader(view, header);
    view.icmp = null;
    view.mirrored = depth > 0;
    return parseUdp(view, header);
  }

  #ipTunnel(header: IpHeader, depth: number): number {
    const tunnel = IP_TUNNELS.get(header.protocol);
    if (tunnel === undefined || depth >= DEEPEST_NESTING) return OUTCOME.otherProtocol;
    const { bytes, payloadStart: start, payloadEnd: end } = header;
    return this.#inner(tunnel, bytes, start, end, start + header.payloadLength, depth);
  }

  /** Dissects the packet that a tunnel header at `start` leads to. */
  #inner(
    tunnel: LinkParser,
    bytes: Uint8Array,
    start: number,
    end: number,
    wireEnd: number,
    depth: number,
  ): number {
    this.view.mirrored = true;
    return this.#carried(tunnel, bytes, start, end, wireEnd, depth + 1);
  }

  #icmp(header: IpHeader): number {
    if (header.payloadEnd === header.payloadStart) return OUTCOME.truncated;
    if (!isIcmpError(header)) return OUTCOME.otherProtocol;
    const { view } = this;
    view.icmp = parseIcmpError(header);
    if (view.icmp === null) return OUTCOME.truncated;
    setWindow(view, header, header.payloadStart, header.payloadLength);
    return PACKET.icmpError;
  }
}
