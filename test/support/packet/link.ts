import { concat, mac, u16, u32, u8, zeros } from "./bytes.js";

/** EtherType of an IP packet by its first nibble; builders guess it so that tests need not repeat it. */
export function etherTypeOf(packet: Uint8Array): number {
  return (packet[0] ?? 0) >> 4 === 6 ? 0x86dd : 0x0800;
}

export interface Carried {
  readonly payload: Uint8Array;
  /** EtherType; by default that of the IP packet in `payload`. */
  readonly type?: number;
}

/** Ethernet II, padded to 60 bytes with `padding` unless `pad` is false. */
export function ethernet(
  options: Carried & { destination?: string; source?: string; pad?: boolean },
): Uint8Array {
  const frame = concat(
    mac(options.destination ?? "02:00:00:00:00:02"),
    mac(options.source ?? "02:00:00:00:00:01"),
    u16(options.type ?? etherTypeOf(options.payload)),
    options.payload,
  );
  return options.pad === false || frame.length >= 60
    ? frame
    : concat(frame, zeros(60 - frame.length).fill(0xee));
}

/** An 802.1Q tag and what follows; carry it with the EtherType of the tag: 0x8100, 0x88a8, 0x9100 or 0x9200. */
export function vlan(options: Carried & { id?: number }): Uint8Array {
  return concat(u16(options.id ?? 1, options.type ?? etherTypeOf(options.payload)), options.payload);
}

/** Ethernet with an outer and an inner tag. */
export function qinq(options: Carried & { outerType?: number }): Uint8Array {
  const inner = vlan({ ...options, id: 20 });
  return ethernet({
    type: options.outerType ?? 0x88a8,
    payload: vlan({ id: 10, type: 0x8100, payload: inner }),
  });
}

/** A customer's frame in a backbone frame (802.1ah, MAC in MAC). */
export function macInMac(payload: Uint8Array): Uint8Array {
  return ethernet({ type: 0x88e7, payload: concat(u32(0x00123456), payload) });
}

/** IEEE 802.3 with LLC and SNAP. */
export function llcSnap(options: Carried): Uint8Array {
  const llc = snap(options);
  return ethernet({ type: llc.length, payload: llc });
}

/** LLC and SNAP headers alone. */
export function snap(options: Carried): Uint8Array {
  const type = u16(options.type ?? etherTypeOf(options.payload));
  return concat(u8(0xaa, 0xaa, 0x03, 0, 0, 0), type, options.payload);
}

/** A stack of MPLS labels; carry it with EtherType 0x8847. */
export function mpls(options: { payload: Uint8Array; labels?: readonly number[] }): Uint8Array {
  const labels = options.labels ?? [100];
  const stack = labels.map((label, index) =>
    u32(((label << 12) | (index === labels.length - 1 ? 0x100 : 0) | 64) >>> 0),
  );
  return concat(...stack, options.payload);
}

/** The control word of a pseudowire (RFC 4385) before an Ethernet frame. */
export function controlWord(payload: Uint8Array): Uint8Array {
  return concat(u32(0), payload);
}

/** PPP from its protocol field. */
export function ppp(options: Carried & { compressed?: boolean; addressControl?: boolean }): Uint8Array {
  const protocol = options.type ?? (etherTypeOf(options.payload) === 0x86dd ? 0x57 : 0x21);
  return concat(
    options.addressControl ? u8(0xff, 0x03) : u8(),
    options.compressed ? u8(protocol) : u16(protocol),
    options.payload,
  );
}

/** A PPPoE session packet; carry it with EtherType 0x8864. */
export function pppoe(options: Carried & { session?: number }): Uint8Array {
  const inner = ppp(options);
  return concat(u8(0x11, 0), u16(options.session ?? 1, inner.length), inner);
}

/** Linux cooked capture; packet type 0 to us, 4 from us. */
export function sll(options: Carried & { packetType?: number }): Uint8Array {
  const type = options.type ?? etherTypeOf(options.payload);
  return concat(
    u16(options.packetType ?? 0, 1, 6),
    mac("02:00:00:00:00:01"),
    zeros(2),
    u16(type),
    options.payload,
  );
}

/** Linux cooked capture, version 2. */
export function sll2(options: Carried & { packetType?: number }): Uint8Array {
  const type = options.type ?? etherTypeOf(options.payload);
  const header = concat(u16(type, 0), u32(2), u16(1), u8(options.packetType ?? 0, 6));
  return concat(header, mac("02:00:00:00:00:01"), zeros(2), options.payload);
}

/** BSD loopback: address family in 4 bytes, big-endian unless told otherwise. */
export function loopback(options: {
  payload: Uint8Array;
  family?: number;
  littleEndian?: boolean;
}): Uint8Array {
  const family = u32(options.family ?? (etherTypeOf(options.payload) === 0x86dd ? 30 : 2));
  return concat(options.littleEndian ? family.toReversed() : family, options.payload);
}

/** FreeBSD's enc0: family, SPI, flags. */
export function enc(options: { payload: Uint8Array; family?: number }): Uint8Array {
  return loopback({
    ...options,
    payload: concat(u32(0x1234), u32(0), options.payload),
    family: options.family ?? 2,
  });
}

/** Cisco HDLC. */
export function ciscoHdlc(options: Carried): Uint8Array {
  return concat(u8(0x0f, 0), u16(options.type ?? etherTypeOf(options.payload)), options.payload);
}

/** Juniper's header, by default with what it says of an interface. */
export function juniper(options: {
  payload: Uint8Array;
  received?: boolean;
  extended?: boolean;
  /** Layer 2 was taken off: the payload is an IP packet. */
  noLayer2?: boolean;
}): Uint8Array {
  const { payload, received = true, extended = true, noLayer2 = false } = options;
  const flags = (received ? 1 : 0) | (noLayer2 ? 2 : 0) | (extended ? 0x80 : 0);
  const extensions = u8(1, 2, 74, 2, 2, 4, 0x67, 0x65, 0x2d, 0x30, 4, 4, 0, 0, 0, 70);
  const family = etherTypeOf(payload) === 0x86dd ? 6 : 2;
  return concat(
    u8(0x4d, 0x47, 0x43, flags),
    extended ? concat(u16(extensions.length), extensions) : u8(),
    noLayer2 ? u8(family, 0, 0, 0) : u8(),
    payload,
  );
}

/** Netfilter log: a header attribute, a prefix, then the packet. */
export function nflog(options: { payload: Uint8Array; littleEndian?: boolean }): Uint8Array {
  const order = (bytes: Uint8Array): Uint8Array => (options.littleEndian ? bytes.toReversed() : bytes);
  const attribute = (type: number, value: Uint8Array): Uint8Array =>
    concat(order(u16(value.length + 4)), order(u16(type)), value, zeros(-value.length & 3));
  const family = etherTypeOf(options.payload) === 0x86dd ? 10 : 2;
  const attributes = [
    attribute(1, u8(8, 0, 1, 0)),
    attribute(10, u8(0x61, 0x62, 0x63, 0x64, 0)),
    attribute(9, options.payload),
  ];
  return concat(u8(family, 0), u16(5), ...attributes);
}
