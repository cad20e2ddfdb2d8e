/** A packet to be written to a capture by a test. */
export interface WrittenPacket {
  /** Microseconds since 1970, an integer. */
  readonly time: number;
  /** 0 to 999; kept only by files that count nanoseconds or finer. */
  readonly nanos?: number;
  readonly bytes: Uint8Array;
  /** Length on the wire; that of `bytes` where not given. */
  readonly originalLength?: number;
}

export interface PcapOptions {
  readonly littleEndian?: boolean;
  readonly nanoseconds?: boolean;
  /** Kuznetzov's format, with 8 more bytes in each record header. */
  readonly modified?: boolean;
  readonly snapLength?: number;
  /** The whole network field: link type, and FCS information in its upper bits. */
  readonly network?: number;
}

/** Length of a pcap file's header. */
const PCAP_FILE_HEADER = 24;
export const ETHERNET = 1;

/** A pcap file of the packets given. */
export function pcapFile(packets: readonly WrittenPacket[], options: PcapOptions = {}): Uint8Array {
  return concatenated([pcapHeader(options), ...packets.map((packet) => pcapRecord(packet, options))]);
}

/** The 24 bytes that a pcap file begins with. */
export function pcapHeader(options: PcapOptions = {}): Uint8Array {
  const { littleEndian = true, snapLength = 262_144, network = ETHERNET } = options;
  const magic =
    options.modified === true ? 0xa1b2cd34 : options.nanoseconds === true ? 0xa1b23c4d : 0xa1b2c3d4;
  const view = new DataView(new ArrayBuffer(PCAP_FILE_HEADER));
  view.setUint32(0, magic, littleEndian);
  view.setUint16(4, 2, littleEndian);
  view.setUint16(6, 4, littleEndian);
  view.setUint32(16, snapLength, littleEndian);
  view.setUint32(20, network, littleEndian);
  return new Uint8Array(view.buffer);
}

/** One record; `lengths` writes other lengths than the true ones, for files that lie. */
export function pcapRecord(
  packet: WrittenPacket,
  options: PcapOptions = {},
  lengths: { captured?: number } = {},
): Uint8Array {
  const { littleEndian = true } = options;
  const header = options.modified === true ? 24 : 16;
  const record = new Uint8Array(header + packet.bytes.length);
  const view = new DataView(record.buffer);
  const seconds = Math.floor(packet.time / 1e6);
  const micros = packet.time - seconds * 1e6;
  view.setUint32(0, seconds, littleEndian);
  view.setUint32(
    4,
    options.nanoseconds === true ? micros * 1000 + (packet.nanos ?? 0) : micros,
    littleEndian,
  );
  view.setUint32(8, lengths.captured ?? packet.bytes.length, littleEndian);
  view.setUint32(12, packet.originalLength ?? packet.bytes.length, littleEndian);
  record.set(packet.bytes, header);
  return record;
}

/** The parts one after the other. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
