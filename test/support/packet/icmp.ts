import { concat, u16, u32, u8, zeros } from "./bytes.js";
import { checksumByIp, internetChecksum } from "./checksum.js";

export interface IcmpErrorOptions {
  readonly type: number;
  readonly code?: number;
  /** The packet that is quoted, cut by the caller as a router would. */
  readonly quoted: Uint8Array;
  readonly mtu?: number;
  /** Length of the quotation in its words, where RFC 4884 extensions follow it. */
  readonly quotedWords?: number;
  readonly extensions?: Uint8Array;
}

/** An ICMP error; carry it with protocol 1. */
export function icmpError(options: IcmpErrorOptions): Uint8Array {
  const rest = concat(u8(0, options.quotedWords ?? 0), u16(options.mtu ?? 0));
  const packet = concat(
    u8(options.type, options.code ?? 0, 0, 0),
    rest,
    options.quoted,
    options.extensions ?? u8(),
  );
  packet.set(u16(internetChecksum(packet)), 2);
  return packet;
}

/** An ICMPv6 error; carry it with protocol 58. */
export function icmpv6Error(options: IcmpErrorOptions): Uint8Array {
  const rest = options.mtu === undefined ? u8(options.quotedWords ?? 0, 0, 0, 0) : u32(options.mtu);
  const header = concat(u8(options.type, options.code ?? 0, 0, 0), rest);
  return checksumByIp(concat(header, options.quoted, options.extensions ?? u8()), 2);
}

/** An echo request; carry it with protocol 1. */
export function icmpEcho(): Uint8Array {
  const packet = concat(u8(8, 0, 0, 0), u16(1, 1), zeros(32));
  packet.set(u16(internetChecksum(packet)), 2);
  return packet;
}
