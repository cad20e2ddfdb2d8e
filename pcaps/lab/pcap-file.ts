/** Reads and writes the classic little-endian pcap files that tcpdump made here, record by record. */
import { readFileSync } from "node:fs";

/** A packet with its 16-byte record header. */
export interface PcapRecord {
  header: Buffer;
  data: Buffer;
}

export interface PcapFile {
  header: Buffer;
  records: PcapRecord[];
}

export function readPcap(path: string): PcapFile {
  const bytes = readFileSync(path);
  const records: PcapRecord[] = [];
  let offset = 24;
  while (offset + 16 <= bytes.length) {
    const end = offset + 16 + bytes.readUInt32LE(offset + 8);
    records.push({ header: bytes.subarray(offset, offset + 16), data: bytes.subarray(offset + 16, end) });
    offset = end;
  }
  return { header: bytes.subarray(0, 24), records };
}

export function pcapBytes({ header, records }: PcapFile): Buffer {
  return Buffer.concat([header, ...records.flatMap((record) => [record.header, record.data])]);
}

/** UDP ports and payload of an Ethernet frame with IPv4, or nothing (also for later fragments). */
export function udpOf(data: Buffer): { ports: number[]; payload: Buffer } | undefined {
  if (data.length < 42 || data.readUInt16BE(12) !== 0x0800 || data[23] !== 17) return undefined;
  if ((data.readUInt16BE(20) & 0x1fff) !== 0) return undefined;
  const udp = 14 + ((data[14] ?? 0) & 15) * 4;
  return {
    ports: [data.readUInt16BE(udp), data.readUInt16BE(udp + 2)],
    payload: data.subarray(udp + 8),
  };
}

/** Whether a frame holds IKE on port 4500 with the given exchange type. */
export function isExchangeOn4500(data: Buffer, exchange: number): boolean {
  const udp = udpOf(data);
  if (!udp?.ports.includes(4500) || udp.payload.length < 32) return false;
  return udp.payload.readUInt32BE(0) === 0 && udp.payload[4 + 18] === exchange;
}
