import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { Readable } from "node:stream";
import pcapParser, { type Packet } from "pcap-parser";
import { describe, expect } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { captureFiles, OWN_CAPTURES, PUBLIC_CAPTURES } from "../support/capture/capture-files.js";
import { numberedPackets } from "../support/capture/packets.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { type ReadRecord, readBytes } from "../support/capture/read-all.js";
import { FILE_VARIANTS } from "../support/capture/variants.js";
import { itIf } from "../support/require.js";

/** pcap-parser copies all that it has with each chunk that it waits for; more would take it minutes. */
const LARGEST_FOR_PARSER = 8 * 1024 * 1024;
const PATIENCE = 20_000;
const MICROSECOND_MAGICS = ["a1b2c3d4", "d4c3b2a1"];

/** Packets as pcap-parser reads them, up to its end, its error or the end of our patience. */
function readByParser(file: Uint8Array): Promise<Packet[]> {
  const packets: Packet[] = [];
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(packets), PATIENCE);
    const finish = (): void => {
      clearTimeout(timer);
      resolve(packets);
    };
    const parser = pcapParser.parse(Readable.from([Buffer.from(file)]));
    parser.on("packet", (packet: Packet) => packets.push(packet));
    parser.on("end", finish);
    parser.on("error", finish);
  });
}

function fromParser({ header, data }: Packet): string {
  const time = header.timestampSeconds * 1e6 + header.timestampMicroseconds;
  return `${time} ${Math.max(header.originalLength, data.length)} ${toHex(data)}`;
}

function fromRecord({ time, originalLength, bytes }: ReadRecord): string {
  return `${time} ${originalLength} ${toHex(bytes)}`;
}

describe("pcap-parser reads the same packets, times, lengths and bytes", () => {
  const folders = [OWN_CAPTURES, PUBLIC_CAPTURES];
  const files = captureFiles(folders, [".pcap", ".cap"]).filter((file) => {
    const bytes = readFileSync(file);
    return bytes.length <= LARGEST_FOR_PARSER && MICROSECOND_MAGICS.includes(toHex(bytes, 0, 4));
  });

  itIf(files.length > 0, `no captures below ${folders.join(" or ")}`)(
    "of all captures that it can read",
    async () => {
      let compared = 0;
      for (const file of files) {
        const bytes = readFileSync(file);
        const { records, fault } = await readBytes(bytes, [100_003]);
        const others = await readByParser(bytes);
        // It waits for the bytes of a length that lies, and ends silently: both then have the packets before it.
        expect(records.map(fromRecord), relative(PUBLIC_CAPTURES, file)).toEqual(
          others.slice(0, fault === null ? undefined : records.length).map(fromParser),
        );
        compared += records.length;
      }
      expect(compared).toBeGreaterThan(files.length / 2);
    },
  );
});

describe("tshark counts the same frames with the same times and lengths", () => {
  const tshark = spawnSync("tshark", ["--version"]).status === 0;

  function readByTshark(file: string): string[] {
    const fields = ["frame.number", "frame.time_epoch", "frame.cap_len", "frame.len"].flatMap((field) => [
      "-e",
      field,
    ]);
    const args = ["-n", "-r", file, "-Y", `frame.protocols != "data"`, "-T", "fields", ...fields];
    return execFileSync("tshark", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
      .split("\n")
      .filter((line) => line !== "");
  }

  async function expectSame(file: string): Promise<void> {
    const { records, fault } = await readBytes(readFileSync(file));
    expect(fault).toBeNull();
    const lines = records.map(({ frame, time, nanos, bytes, originalLength }) => {
      const below = String(time % 1e6).padStart(6, "0") + String(nanos).padStart(3, "0");
      return [frame, `${Math.floor(time / 1e6)}.${below}`, bytes.length, originalLength].join("\t");
    });
    expect(lines, basename(file)).toEqual(readByTshark(file));
  }

  const publicFiles = captureFiles([OWN_CAPTURES, PUBLIC_CAPTURES], [".pcapng", ".ntar"]);
  itIf(tshark && publicFiles.length > 0, "no tshark, or no pcapng captures")(
    "in the pcapng captures there are",
    async () => {
      for (const file of publicFiles) await expectSame(file);
    },
    300_000,
  );

  itIf(tshark, "no tshark")(
    "in files of our own writing",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "ikescope-tshark-"));
      try {
        const packets = numberedPackets(5, 61).map((packet, index) => ({
          ...packet,
          nanos: index * 111,
          originalLength: 61 + index,
        }));
        const mixed = new PcapngWriter()
          .section({ littleEndian: false })
          .interface()
          .interface({ linkType: 101 });
        for (const [index, packet] of packets.entries()) {
          mixed.packet(packet, { interface: index % 2 }).block(0xbad, mixed.u32(32_473), mixed.u32(index));
        }
        mixed.section().interface({ resolution: 9 });
        for (const packet of packets)
          mixed.obsoletePacket(packet).block(10, mixed.u32(0x544c534b), mixed.u32(0));
        // Its arithmetic runs over for clocks finer than a nanosecond by powers of ten.
        const written = FILE_VARIANTS.filter(({ name }) => !/picoseconds|10\^-15/.test(name));
        const files = [
          { name: "mixed", bytes: mixed.build() },
          ...written.map(({ name, write }) => ({ name, bytes: write(packets) })),
        ];
        for (const { name, bytes } of files) {
          const file = join(folder, name.replaceAll(/\W/g, "-"));
          writeFileSync(file, bytes);
          await expectSame(file);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    300_000,
  );
});
