import { concat, u16, u32, u8, zeros } from "./bytes.js";
import { checksumByIp } from "./checksum.js";

export interface UdpOptions {
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly payload?: Uint8Array;
  /** By default the IP builder computes it. */
  readonly checksum?: number;
  /** A wrong length field, for tests. */
  readonly length?: number;
}

/** A UDP packet; ports 500 by default. */
export function udp(options: UdpOptions = {}): Uint8Array {
  const payload = options.payload ?? u8();
  const ports = u16(options.sourcePort ?? 500, options.destinationPort ?? 500);
  const packet = concat(ports, u16(options.length ?? 8 + payload.length, options.checksum ?? 0), payload);
  return options.checksum === undefined ? checksumByIp(packet, 6) : packet;
}

export interface TcpOptions {
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly sequence?: number;
  readonly acknowledgement?: number;
  /** FIN 1, SYN 2, RST 4, PSH 8, ACK 16. */
  readonly flags?: number;
  /** A multiple of 4 bytes. */
  readonly options?: Uint8Array;
  readonly payload?: Uint8Array;
  /** A wrong data offset in words, for tests. */
  readonly dataOffset?: number;
}

/** A TCP segment; ports 4500 by default. */
export function tcp(options: TcpOptions = {}): Uint8Array {
  const extra = options.options ?? u8();
  const offset = options.dataOffset ?? 5 + extra.length / 4;
  const packet = concat(
    u16(options.sourcePort ?? 4500, options.destinationPort ?? 4500),
    u32(options.sequence ?? 0),
    u32(options.acknowledgement ?? 0),
    u8(offset << 4, options.flags ?? 16),
    u16(0xffff, 0, 0),
    extra,
    options.payload ?? u8(),
  );
  return checksumByIp(packet, 16);
}

/** An ESP packet; carry it with protocol 50, or in UDP as it is. */
export function esp(options: { spi?: number; sequence?: number; payload?: Uint8Array } = {}): Uint8Array {
  return concat(u32(options.spi ?? 0xc0ffee01), u32(options.sequence ?? 1), options.payload ?? zeros(40));
}

/** An AH packet with an ICV of 12 bytes; carry it with protocol 51. */
export function ah(
  options: { spi?: number; sequence?: number; next?: number; payload?: Uint8Array } = {},
): Uint8Array {
  return concat(
    u8(options.next ?? 59, 4, 0, 0),
    u32(options.spi ?? 0xa0ffee01),
    u32(options.sequence ?? 1),
    zeros(12),
    options.payload ?? u8(),
  );
}
