import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { pageHead } from "../../src/report/html/head.js";
import { printableData } from "../../src/report/html/printable-data.js";
import { PLAIN } from "../../src/report/presentation.js";
import { PCAPS } from "../score/truth.js";
import { judgeBytes } from "./extract.js";
import { ethernet, ipv4, udp } from "./packet/index.js";
import { filler } from "./ike/bytes.js";
import { pcapFile } from "./capture/pcap-writer.js";

const CAPTURE = readFileSync(new URL("port4500-blocked-nat-initiator.pcap", PCAPS));
const MIB = 1024 * 1024;

/** A file that is packed, and the capture in it that the page has to find there. */
export interface PackedCase {
  readonly what: string;
  readonly bytes: () => Uint8Array;
  readonly capture: () => Uint8Array;
  /** Of why not all was read. */
  readonly refused: RegExp;
}

const NOTHING = /^$/;
const DAMAGED =
  /^Not read to the end: trace\.pcap\.gz: at byte \d+: the gzip data are damaged here or before: /;

/** More than 6 MiB, packed too: what a read of a file alone once got wrong. */
function large(): Uint8Array {
  return Buffer.concat([CAPTURE, frames(7 * MIB)]);
}

export const PACKED: readonly PackedCase[] = [
  { what: "one member", bytes: () => gzipSync(CAPTURE), capture: () => CAPTURE, refused: NOTHING },
  {
    what: "many members",
    bytes: () => {
      const ends = [24, 1000, 1001, CAPTURE.length >> 1, CAPTURE.length];
      return Buffer.concat(ends.map((end, at) => gzipSync(CAPTURE.subarray(ends[at - 1] ?? 0, end))));
    },
    capture: () => CAPTURE,
    refused: NOTHING,
  },
  {
    what: "many members of more than 6 MiB together",
    bytes: () => {
      const whole = large();
      return Buffer.concat([gzipSync(whole.subarray(0, 5 * MIB)), gzipSync(whole.subarray(5 * MIB))]);
    },
    capture: large,
    refused: NOTHING,
  },
  { what: "one member of more than 6 MiB", bytes: () => gzipSync(large()), capture: large, refused: NOTHING },
  {
    what: "a member that was cut",
    bytes: () => gzipSync(CAPTURE, { level: 0 }).subarray(0, -40),
    // Its head, and what stands behind its data (RFC 1952 section 2.3), are some bytes more.
    capture: () => CAPTURE.subarray(0, CAPTURE.length + 8 - 40),
    refused: NOTHING,
  },
  {
    what: "damaged data",
    bytes: () => {
      const packed = gzipSync(Buffer.concat([CAPTURE, CAPTURE.subarray(24)]), { level: 0 });
      packed[packed.length - 5] = (packed[packed.length - 5] ?? 0) ^ 1;
      return packed;
    },
    capture: () => Buffer.concat([CAPTURE, CAPTURE.subarray(24)]),
    refused: DAMAGED,
  },
];

/** The first lines of a page about such a file, from what the engine says of the capture in it. */
export async function packedAnswer({
  capture,
}: PackedCase): Promise<Record<"word" | "who" | "what", string>> {
  const { word, who, what } = printableData(pageHead(await judgeBytes(Uint8Array.from(capture())), PLAIN));
  return { word, who, what };
}

const PCAP_HEADER = 24;
const PAYLOAD = 1400;
/** 2026-11-21 17:15:20 UTC, right after the recorded captures of that hour. */
const TIME = 1_795_281_320_000_000;

/** Records of a pcap file, without its header: at least so many bytes of packets that have nothing to do with IPsec and do not pack. */
function frames(bytes: number): Uint8Array {
  const packets = Array.from({ length: Math.ceil(bytes / PAYLOAD) }, (_, index) => ({
    time: TIME + index,
    bytes: ethernet({
      payload: ipv4({
        source: "203.0.113.7",
        destination: "203.0.113.8",
        payload: udp({ sourcePort: 5004, destinationPort: 5004, payload: filler(PAYLOAD, index + 1) }),
      }),
    }),
  }));
  return pcapFile(packets).subarray(PCAP_HEADER);
}
