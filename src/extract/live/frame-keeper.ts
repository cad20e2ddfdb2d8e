import { type Address, pairKey } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import { u16At, u32At } from "../../bytes/reader.js";
import type { CaptureRecord } from "../../capture/source.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import type { TunnelKey } from "../../live/recent/tunnel-frames.js";
import type { RecentFrames } from "../../live/recent-frames.js";
import { IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { FrameLooker } from "../frame-looker.js";
import { outerIp } from "../outer-ip.js";

/** Whether two addresses are the ends of a tunnel of which both have spoken; see TunnelFrames. */
export type IsSettled = (one: Address, other: Address) => boolean;

const UDP_HEADER = 8;
const MARKER = 4;

/**
 * Looks at the frames of a capture and keeps those that tell of a tunnel by themselves: IKE messages, ICMP errors about a
 * packet, fragments. A glance passes over ESP.
 */
export class FrameKeeper {
  readonly #recent: RecentFrames;
  readonly #isSettled: IsSettled;
  readonly #looker = new FrameLooker();
  readonly #header = new IpHeader();

  constructor(recent: RecentFrames, isSettled: IsSettled) {
    this.#recent = recent;
    this.#isSettled = isSettled;
  }

  /** `frame` counts from the start of the program. Never throws, whatever the bytes. */
  frame(record: CaptureRecord, frame: FrameRef): void {
    const header = this.#header;
    if (!outerIp(header, record) || isSurelyEsp(header)) return;
    const { kind, source, destination, quotes, maybeEsp } = this.#looker.look(record);
    switch (kind) {
      case "ike":
        this.#keep(pairKey, source, destination, record, frame);
        return;
      case "icmp":
        if (quotes !== null) this.#keep(pairKey, ...quotes, record, frame);
        return;
      case "fragment":
        if (!maybeEsp) this.#keep(fragmentsKey, source, destination, record, frame);
        return;
      case "esp":
      case "ah":
      case "keepalive":
      case "tcp":
      case "other":
    }
  }

  #keep(
    key: (one: Address, other: Address) => TunnelKey,
    one: Address,
    other: Address,
    record: CaptureRecord,
    frame: FrameRef,
  ): void {
    this.#recent.frame(key(one, other), this.#isSettled(one, other), record, frame);
  }
}

/** The keys under which a {@link FrameKeeper} keeps the frames between any two of these addresses. */
export function keysBetween(addresses: readonly Address[]): TunnelKey[] {
  return addresses.flatMap((one, index) =>
    addresses.slice(index + 1).flatMap((other) => [pairKey(one, other), fragmentsKey(one, other)]),
  );
}

/** Fragments have a place of their own: those of ESP, which may be many, do not tell that they are. */
function fragmentsKey(one: Address, other: Address): TunnelKey {
  return `${pairKey(one, other)} fragments`;
}

/** A gateway sees little else, so nothing is made of it. */
function isSurelyEsp(header: IpHeader): boolean {
  const { protocol, fragmented, bytes, payloadStart: at, payloadEnd } = header;
  if (fragmented) return false;
  if (protocol === PROTOCOL.esp || protocol === PROTOCOL.ah || protocol === PROTOCOL.tcp) return true;
  if (protocol !== PROTOCOL.udp || payloadEnd - at < UDP_HEADER + MARKER) return false;
  const isNatT = u16At(bytes, at) === NAT_T_PORT || u16At(bytes, at + 2) === NAT_T_PORT;
  return isNatT && u32At(bytes, at + UDP_HEADER) !== 0;
}
