import { concat, u16, u32, u8, zeros } from "./bytes.js";
import { etherTypeOf } from "./link.js";
import { udp } from "./transport.js";

/** A UDP packet with an Ethernet frame in VXLAN. */
export function vxlan(options: { payload: Uint8Array; port?: number; flags?: number }): Uint8Array {
  const header = concat(u8(options.flags ?? 0x08, 0, 0, 0), u32(42 << 8));
  const payload = concat(header, options.payload);
  return udp({ sourcePort: 51000, destinationPort: options.port ?? 4789, checksum: 0, payload });
}

/** A UDP packet with an Ethernet frame (or what `type` says) in Geneve, with `words` of options. */
export function geneve(options: { payload: Uint8Array; type?: number; words?: number }): Uint8Array {
  const words = options.words ?? 0;
  // One option of class 0x0100: the length counts words behind its header.
  const extra = words === 0 ? u8() : concat(u16(0x0100), u8(0x01, words - 1), zeros(words * 4 - 4));
  const header = concat(u8(words, 0), u16(options.type ?? 0x6558), u32(42 << 8), extra);
  const payload = concat(header, options.payload);
  return udp({ sourcePort: 51000, destinationPort: 6081, checksum: 0, payload });
}

/** A UDP packet with an Ethernet frame in TZSP, behind a tag (the length of the frame), padding and the end tag. */
export function tzsp(options: { payload: Uint8Array; protocol?: number; version?: number }): Uint8Array {
  const header = concat(u8(options.version ?? 1, 0), u16(options.protocol ?? 1));
  const tags = concat(u8(41, 2), u16(options.payload.length), u8(0, 1));
  const payload = concat(header, tags, options.payload);
  return udp({ sourcePort: 37008, destinationPort: 37008, checksum: 0, payload });
}

export interface GreOptions {
  readonly payload: Uint8Array;
  readonly type?: number;
  readonly checksum?: boolean;
  readonly key?: number;
  readonly sequence?: number;
  readonly version?: number;
}

/** A GRE packet; carry it with protocol 47. */
export function gre(options: GreOptions): Uint8Array {
  const { checksum, key, sequence } = options;
  const flags =
    (checksum ? 0x8000 : 0) | (key === undefined ? 0 : 0x2000) | (sequence === undefined ? 0 : 0x1000);
  return concat(
    u16(flags | (options.version ?? 0), options.type ?? etherTypeOf(options.payload)),
    checksum ? zeros(4) : u8(),
    key === undefined ? u8() : u32(key),
    sequence === undefined ? u8() : u32(sequence),
    options.payload,
  );
}

export interface ErspanOptions {
  /** A mirrored Ethernet frame. */
  readonly payload: Uint8Array;
  readonly type: 1 | 2 | 3;
  /** Type III: 0 Ethernet, 2 IP. */
  readonly frameType?: number;
  readonly platformHeader?: boolean;
}

/** ERSPAN type I, II or III; carry it with protocol 47. */
export function erspan(options: ErspanOptions): Uint8Array {
  const { payload, type } = options;
  if (type === 1) return gre({ type: 0x88be, payload });
  if (type === 2) {
    return gre({ type: 0x88be, sequence: 7, payload: concat(u16(0x1001, 0x0005), u32(0), payload) });
  }
  const header = concat(
    u16(0x2001, 0x0005),
    u32(123),
    u16(0, ((options.frameType ?? 0) << 10) | (options.platformHeader ? 1 : 0)),
  );
  const platform = options.platformHeader ? zeros(8) : u8();
  return gre({ type: 0x22eb, sequence: 7, payload: concat(header, platform, payload) });
}
