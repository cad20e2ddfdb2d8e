/** Spoils a capture in the ways in which captures are spoilt: begun late, cut, filtered, doubled. */
import { isExchangeOn4500, udpOf, type PcapFile, type PcapRecord } from "./pcap-file.js";

const ikeAuth = 35;

/** The capture as if begun four packets after the last IKE_AUTH message. */
export function startLate(file: PcapFile): PcapFile {
  const last = file.records.findLastIndex(({ data }) => isExchangeOn4500(data, ikeAuth));
  return { ...file, records: file.records.slice(last + 5) };
}

/** The capture as if stopped right after the first packet on UDP port 500. */
export function stopEarly(file: PcapFile): PcapFile {
  const first = file.records.findIndex(({ data }) => udpOf(data)?.ports.includes(500));
  return { ...file, records: file.records.slice(0, first + 1) };
}

/** The capture with each packet cut to so many bytes, as by `tcpdump -s`. */
export function snap(file: PcapFile, length: number): PcapFile {
  const header = Buffer.from(file.header);
  header.writeUInt32LE(length, 16);
  const records = file.records.map((record) => {
    const data = record.data.subarray(0, length);
    const recordHeader = Buffer.from(record.header);
    recordHeader.writeUInt32LE(data.length, 8);
    return { header: recordHeader, data };
  });
  return { header, records };
}

/** The capture with the second half of its last packet missing, as when a disk is full. */
export function cutShort(file: PcapFile): PcapFile {
  const records = file.records.map((record, index) =>
    index < file.records.length - 1
      ? record
      : { ...record, data: record.data.subarray(0, record.data.length / 2) },
  );
  return { ...file, records };
}

/** The frames that a filter of UDP ports leaves, as by `tcpdump udp port ...`: no later fragments either. */
export function onlyPorts(file: PcapFile, ...ports: number[]): PcapFile {
  const records = file.records.filter(({ data }) => udpOf(data)?.ports.some((port) => ports.includes(port)));
  return { ...file, records };
}

/** Each packet twice within microseconds, as by a mirror port that copies both of its ways. */
export function doubled(file: PcapFile): PcapFile {
  return { ...file, records: file.records.flatMap((record) => [record, later(record, 1)]) };
}

function later(record: PcapRecord, microseconds: number): PcapRecord {
  const header = Buffer.from(record.header);
  const total = header.readUInt32LE(4) + microseconds;
  header.writeUInt32LE(header.readUInt32LE(0) + Math.floor(total / 1e6), 0);
  header.writeUInt32LE(total % 1e6, 4);
  return { header, data: record.data };
}
