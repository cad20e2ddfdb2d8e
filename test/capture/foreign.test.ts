import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { NOON } from "../support/capture/packets.js";
import { concatenated } from "../support/capture/pcap-writer.js";
import { utf8 } from "../support/capture/pcapng-writer.js";
import { SeededRandom } from "../support/capture/random.js";
import { readAll, readBytes } from "../support/capture/read-all.js";
import { SEED } from "../support/seed.js";

/** The start of an ETL file: a buffer of 64 KiB, and the header of the log behind that of the buffer. */
function etl(): Uint8Array {
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 65_536, true);
  view.setUint32(4, 1000, true);
  view.setUint32(72, 0xc0020002, true);
  return bytes;
}

function tar(): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set(utf8("a.pcap"));
  bytes.set(utf8("ustar"), 257);
  return bytes;
}

const FLOWS = "flows hold no packets: tcpdump -w OUT.pcap";
const FILES: readonly (readonly [what: string, bytes: Uint8Array, says: string, command: string])[] = [
  ["zip", utf8("PK\x03\x04\x14\0"), "a zip archive", "unzip -p trace | ikescope -"],
  ["tar", tar(), "a tar archive", "tar -xf trace"],
  ["7z", Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), "a 7z archive", "7z x -so trace | ikescope -"],
  ["ETL", etl(), "a Windows event trace (ETL)", "etl2pcapng trace OUT.pcapng"],
  [
    "Network Monitor",
    utf8("GMBU\0\x02\0\0"),
    "a Microsoft Network Monitor capture",
    "editcap trace OUT.pcapng",
  ],
  [
    "UTF-16",
    Uint8Array.of(0xff, 0xfe, 0x30, 0, 0x78, 0),
    "text in UTF-16",
    "iconv -f UTF-16 -t UTF-8 trace | ikescope -",
  ],
  ["HTML", utf8("\n<!DOCTYPE html><html><title>Sign in</title>"), "a web page", "curl"],
  [
    "tshark JSON",
    utf8('[\n  {\n    "_index": "packets-2024-05-01",'),
    "JSON of tshark (-T json)",
    "ikescope the capture",
  ],
  [
    "tshark ek",
    utf8('{"index":{"_index":"packets-2024-05-01"}}\n'),
    "JSON of tshark (-T ek)",
    "ikescope the capture",
  ],
  ["PDML", utf8('<?xml version="1.0"?>\n<pdml version="0">'), "PDML of tshark", "ikescope the capture"],
  ["our report", utf8('{ "schema": "ikescope.report/1",'), "a report of ikescope", "ikescope the capture"],
  ["JSON", utf8('{ "name": 1 }'), "JSON, not packets", "tcpdump -w OUT.pcap"],
  [
    "AWS with a head",
    utf8("version account-id interface-id srcaddr dstaddr\n"),
    "a flow log of AWS VPC",
    FLOWS,
  ],
  [
    "AWS",
    utf8("2 123456789012 eni-0a1b2c3d 192.0.2.1 192.0.2.2 500 500 17 1 100 1 2 ACCEPT OK\n"),
    "a flow log of AWS VPC",
    FLOWS,
  ],
  ["Azure", utf8('{"records":[{"category":"NetworkSecurityGroupFlowEvent"'), "a flow log", FLOWS],
  ["NetFlow", utf8("ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt\n"), "a list of flows (NetFlow)", FLOWS],
  [
    "base64",
    utf8("1MOyoQIABAAAAAAAAAAAAAAABAABAAAA\n"),
    "a capture in base64",
    "base64 -d trace | ikescope -",
  ],
  ["nfdump", Uint8Array.of(0x0c, 0xa5, 1, 0), "flow records of nfdump", "flows hold no packets"],
  [
    "Wireshark CSV",
    utf8('"No.","Time","Source","Destination"\n'),
    "a packet list of Wireshark (CSV)",
    "ikescope the capture",
  ],
  ["zeros", new Uint8Array(4096), "512 zero bytes, as a file does whose data were never written", ""],
  [
    "anything",
    Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 0),
    "its first bytes are deadbeef00",
    "editcap trace OUT.pcapng",
  ],
];

const read = (bytes: Uint8Array, sizes: readonly number[] = [], name = "trace") =>
  readAll(new CaptureReader(new MemoryBytes(bytes, sizes, name)));

describe("a file that is no capture", () => {
  it.each(FILES)("%s: is told, with the one command that helps", async (_what, bytes, says, command) => {
    for (const sizes of [[], [1], [7]]) {
      const { records, fault, summary } = await read(bytes, sizes);
      expect(records).toEqual([]);
      expect(fault?.offset).toBe(0);
      expect(fault?.reason).toMatch(/^not a capture: [^\n]+$/);
      expect(fault?.reason).toContain(says);
      expect(fault?.reason).toContain(command);
      expect(summary).toMatchObject({ format: "unknown", packets: 0 });
    }
  });

  it("is named in the command as a shell takes it", async () => {
    const zip = utf8("PK\x03\x04\x14\0");
    expect((await read(zip, [], "it's mine.zip")).fault?.reason).toContain(
      String.raw`unzip -p 'it'\''s mine.zip' |`,
    );
    expect((await read(zip, [], "-")).fault?.reason).toContain("unzip -p FILE |");
    expect((await read(zip, [], "-n.zip")).fault?.reason).toContain("unzip -p '-n.zip' |");
  });

  it("of random bytes never fails otherwise", async () => {
    const random = new SeededRandom(SEED);
    for (let round = 0; round < 500; round++) {
      const bytes = new Uint8Array(random.below(700)).map(
        () => random.below(round % 2 === 0 ? 256 : 96) + (round % 2 === 0 ? 0 : 9),
      );
      expect((await read(bytes, [random.below(300) + 1])).records.length).toBeLessThan(3);
    }
  });
});

/** A snoop file (RFC 1761) of packets of the bytes given, one second apart. */
function snoop(frames: readonly Uint8Array[], { version = 2, dataLink = 4, drops = 0 } = {}): Uint8Array {
  const header = new DataView(new ArrayBuffer(16));
  header.setUint32(8, version);
  header.setUint32(12, dataLink);
  const parts = [new Uint8Array(header.buffer)];
  parts[0]?.set(utf8("snoop"));
  for (const [index, frame] of frames.entries()) {
    const padded = Math.ceil(frame.length / 4) * 4;
    const record = new DataView(new ArrayBuffer(24 + padded));
    record.setUint32(0, frame.length + 10);
    record.setUint32(4, frame.length);
    record.setUint32(8, 24 + padded);
    record.setUint32(12, drops);
    record.setUint32(16, NOON / 1e6 + index);
    record.setUint32(20, 123_456);
    const bytes = new Uint8Array(record.buffer);
    bytes.set(frame, 24);
    parts.push(bytes);
  }
  return concatenated(parts);
}

describe("a snoop capture", () => {
  const FRAMES = [Uint8Array.of(1, 2, 3, 4, 5), new Uint8Array(60).fill(7), new Uint8Array(0)];

  it.each([[[]], [[1]], [[5, 100]]])("is read (chunks of %j)", async (sizes) => {
    const { records, summary, fault } = await readBytes(snoop(FRAMES, { drops: 3 }), sizes);
    expect(fault).toBeNull();
    expect(records.map(({ bytes }) => bytes)).toEqual(FRAMES);
    expect(records.map(({ time }) => time)).toEqual([0, 1, 2].map((second) => NOON + second * 1e6 + 123_456));
    expect(records.map(({ originalLength }) => originalLength)).toEqual([15, 70, 10]);
    expect(summary).toMatchObject({ format: "snoop", linkTypes: [1], dropped: 3, cutBySnapLength: 3 });
  });

  it("cut anywhere gives the packets before, and says so", async () => {
    const whole = snoop(FRAMES);
    for (let length = 4; length < whole.length; length++) {
      const { records, summary, fault } = await readBytes(whole.subarray(0, length), [9]);
      expect(records.map(({ bytes }) => bytes)).toEqual(FRAMES.slice(0, records.length));
      // Between two records a cut cannot be seen.
      const isBetween = [16, 48, 132].includes(length);
      expect(fault !== null || isBetween || summary.notes.some(({ kind }) => kind === "cut-short")).toBe(
        true,
      );
    }
  });

  it.each([
    ["of another version", snoop(FRAMES, { version: 1 }), "is of version 1; only 2 can be read"],
    ["of links that carry no IP", snoop(FRAMES, { dataLink: 5 }), "is of data link type 5"],
    ["whose magic is only begun", utf8("snoopy file"), "not a snoop capture"],
  ])("%s is refused", async (_what, bytes, reason) => {
    const { fault } = await readBytes(concatenated([bytes, new Uint8Array(16)]));
    expect(fault?.reason).toContain(reason);
  });

  it("with lengths that lie ends there", async () => {
    for (const [at, value] of [
      [20, 1000],
      [24, 10],
      [24, 0xffff_ffff],
    ] as const) {
      const bytes = snoop(FRAMES);
      new DataView(bytes.buffer).setUint32(at, value);
      expect((await readBytes(bytes)).fault?.reason).toContain("frame 1 says that it holds");
    }
  });

  it("with wrong bits never fails otherwise", async () => {
    const random = new SeededRandom(SEED);
    for (let round = 0; round < 500; round++) {
      const bytes = snoop(FRAMES);
      for (let flips = 0; flips < 4; flips++) {
        const at = random.below(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      }
      await readBytes(bytes, [random.below(100) + 1]);
    }
  });
});
