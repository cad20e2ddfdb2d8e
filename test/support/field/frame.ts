import { ipv4At, ipv6At, type Address } from "../../../src/bytes/address.js";
import { u16At } from "../../../src/bytes/reader.js";
import type { ReadRecord } from "../capture/read-all.js";
import { ipv4, udp } from "../packet/index.js";

/** A frame as a sniffer in the field wrote it. */
export interface FieldFrame {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly linkType: number;
  /** Number of the interface in the file; each has one link type. */
  readonly interface: number;
  /** Number of the file, where a sniffer writes several; the first where not given. */
  readonly file?: number;
}

/** The packet in a frame, without its link layer. */
export interface Carried {
  /** EtherType. */
  readonly type: number;
  readonly payload: Uint8Array;
  readonly isIp: boolean;
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: number;
  /** UDP ports; 0 where there are none, as in later fragments. */
  readonly ports: readonly [number, number];
}

/** Where the sniffer stood: the hosts whose packets it sent itself. */
interface Sniffer {
  readonly local: Address;
}

/** The frames that one sniffer wrote, as another one, with another link, loss or clock, would have written them. */
export type CaptureCondition = (frames: readonly FieldFrame[], sniffer: Sniffer) => readonly FieldFrame[];

const ETHERNET = 1;
const SLL2 = 276;
const UDP = 17;

/** The frames of a capture that was read. */
export function fieldFrames(records: readonly ReadRecord[]): readonly FieldFrame[] {
  return records.map(({ time, bytes, originalLength, linkType }) => ({
    time,
    bytes,
    originalLength,
    linkType,
    interface: 0,
  }));
}

/** Reads the packet in a frame of Ethernet or of a cooked capture. */
export function carriedIn({ bytes, linkType }: Pick<FieldFrame, "bytes" | "linkType">): Carried {
  const [type, at] = linkType === SLL2 ? [u16At(bytes, 0), 20] : [u16At(bytes, 12), 14];
  if (linkType !== SLL2 && linkType !== ETHERNET) throw new RangeError(`link type ${linkType}`);
  const rest = bytes.subarray(at);
  const none = { type, payload: rest, isIp: false, source: "", destination: "", protocol: 0 } as const;
  if (type === 0x0800 && rest.length >= 20) {
    // The padding of a short frame belongs to Ethernet.
    const payload = rest.subarray(0, Math.min(rest.length, u16At(rest, 2)));
    const protocol = rest[9] ?? 0;
    const isFirst = (u16At(rest, 6) & 0x1fff) === 0;
    return {
      type,
      payload,
      isIp: true,
      source: ipv4At(rest, 12),
      destination: ipv4At(rest, 16),
      protocol,
      ports: isFirst && protocol === UDP ? portsAt(rest, ((rest[0] ?? 0) & 15) * 4) : [0, 0],
    };
  }
  if (type === 0x86dd && rest.length >= 40) {
    const payload = rest.subarray(0, Math.min(rest.length, 40 + u16At(rest, 4)));
    const protocol = rest[6] ?? 0;
    return {
      type,
      payload,
      isIp: true,
      source: ipv6At(rest, 8),
      destination: ipv6At(rest, 24),
      protocol,
      ports: protocol === UDP ? portsAt(rest, 40) : [0, 0],
    };
  }
  return { ...none, ports: [0, 0] };
}

function portsAt(bytes: Uint8Array, at: number): readonly [number, number] {
  return bytes.length < at + 4 ? [0, 0] : [u16At(bytes, at), u16At(bytes, at + 2)];
}

/** ESP of its own, or in UDP. */
export function isEsp({ protocol, ports, payload, type }: Carried): boolean {
  if (protocol === 50) return true;
  if (!ports.includes(4500)) return false;
  const at = (type === 0x0800 ? ((payload[0] ?? 0) & 15) * 4 : 40) + 8;
  return payload.length >= at + 8 && payload.subarray(at, at + 4).some((byte) => byte !== 0);
}

/** The frame on another link layer. `bytes` carry as much of the packet as the frame did. */
export function onLink(
  frame: FieldFrame,
  bytes: Uint8Array,
  { linkType = ETHERNET, number = 0 } = {},
): FieldFrame {
  const cut = frame.originalLength - frame.bytes.length;
  return { time: frame.time, bytes, originalLength: bytes.length + cut, linkType, interface: number };
}

/** What a link shows that carries nothing but IP, in the place of what is none: traffic of others. */
export function orOthers(carried: Carried): Carried {
  if (carried.isIp) return carried;
  const [source, destination] = ["203.0.113.5", "203.0.113.6"];
  const payload = ipv4({
    source,
    destination,
    payload: udp({ sourcePort: 123, destinationPort: 123, payload: new Uint8Array(48) }),
  });
  return { type: 0x0800, payload, isIp: true, source, destination, protocol: UDP, ports: [123, 123] };
}

/** Later by so many microseconds. */
export function later(frame: FieldFrame, micros: number): FieldFrame {
  return { ...frame, time: frame.time + micros };
}

/** In order of time, as a sniffer writes; at the same time in the order given. */
export function inOrder(frames: readonly FieldFrame[]): readonly FieldFrame[] {
  return frames.toSorted((a, b) => a.time - b.time);
}

/** The time at a share of the capture. */
export function timeAt(frames: readonly FieldFrame[], share: number): number {
  const [first, last] = [frames[0]?.time ?? 0, frames.at(-1)?.time ?? 0];
  return first + (last - first) * share;
}
