import type { WrittenPacket } from "./pcap-writer.js";

/** 2024-05-01T12:00:00Z in microseconds. */
export const NOON = 1_714_564_800_000_000;

/** Packets one millisecond apart, each of `length` bytes that all hold its number (from 1). */
export function numberedPackets(count: number, length = 60, start = NOON): WrittenPacket[] {
  return Array.from({ length: count }, (_, index) => ({
    time: start + index * 1000,
    bytes: new Uint8Array(length).fill(index + 1),
  }));
}
