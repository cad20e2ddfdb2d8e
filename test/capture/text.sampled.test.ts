import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileBytes } from "../../src/capture/node/file-bytes.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { DIRECTION } from "../../src/capture/source.js";
import { captureFiles, OWN_CAPTURES } from "../support/capture/capture-files.js";
import { NOON } from "../support/capture/packets.js";
import type { WrittenPacket } from "../support/capture/pcap-writer.js";
import { SeededRandom } from "../support/capture/random.js";
import { readAll, readBytes } from "../support/capture/read-all.js";
import { TEXT_FORMS } from "../support/capture/text-dumps.js";
import { utf8 } from "../support/capture/pcapng-writer.js";
import { runs, sampled } from "../support/sample.js";
import { SEED } from "../support/seed.js";
import "../support/seeded-properties.js";

/** An Ethernet frame of IPv4 and UDP with `length` bytes of content; below 128 they read as characters. */
function frame(length: number, random: SeededRandom): Uint8Array {
  const bytes = new Uint8Array(42 + length).map((_, at) => (at < 42 ? 0 : random.below(128)));
  bytes.set([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0, (28 + length) >> 8, (28 + length) & 255]);
  bytes.set([192, 0, 2, 1, 192, 0, 2, 2, 1, 0xf4, 1, 0xf4], 26);
  return bytes;
}

function packets(lengths: readonly number[], seed: number): WrittenPacket[] {
  const random = new SeededRandom(seed);
  return lengths.map((length, index) => ({ time: NOON + index * 10_500, bytes: frame(length, random) }));
}

const read = (text: string, sizes: readonly number[] = []) => readBytes(utf8(text), sizes);

/** A dump is cut at one of so many bytes in `npm test`. */
const SHARE = 8;

describe.each(TEXT_FORMS)("packets as text of $name", ({ write, timeOf }) => {
  it("are the packets, split anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 }),
        async (lengths, seed, sizes) => {
          const written = packets(lengths, seed);
          const { records, summary, fault } = await read(write(written), sizes);
          expect(fault).toBeNull();
          expect(records.map(({ bytes }) => Buffer.from(bytes).toString("hex"))).toEqual(
            written.map(({ bytes }) => Buffer.from(bytes).toString("hex")),
          );
          expect(records.map(({ time }) => time)).toEqual(written.map(({ time }) => timeOf(time, NOON)));
          expect(
            records.every(
              ({ linkType, originalLength, bytes }) => linkType === 1 && originalLength === bytes.length,
            ),
          ).toBe(true);
          expect(summary.format).toBe("text");
          expect(summary.notes.map(({ kind }) => kind)).toEqual(["text-times"]);
        },
      ),
      { numRuns: runs(40, 4) },
    );
  });

  it("cut at any byte give packets from the start, or a refusal", async () => {
    const written = packets([20, 3, 60], SEED);
    const bytes = utf8(write(written));
    for (const length of sampled([...bytes.keys()].slice(4), SHARE)) {
      const { records, fault } = await readBytes(bytes.subarray(0, length), [100]);
      if (fault !== null) expect(fault.offset).toBe(0);
      // The last one may be cut, and a half digit pair at its end may be lost.
      for (const [index, record] of records.slice(0, -1).entries())
        expect(record.bytes).toEqual(written[index]?.bytes);
    }
  });

  it("with wrong bits never fail otherwise, and end", async () => {
    const bytes = utf8(write(packets([20, 3, 60], SEED)));
    const random = new SeededRandom(SEED);
    for (let round = 0; round < runs(300, SHARE); round++) {
      const wrong = Uint8Array.from(bytes);
      for (let flips = 0; flips <= round % 8; flips++) {
        const at = random.below(wrong.length);
        wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
      }
      // Any error but a CaptureError is thrown on.
      const { records } = await readBytes(wrong, [random.below(500) + 1]);
      for (const { time, bytes: held } of records) {
        expect(Number.isFinite(time)).toBe(true);
        expect(held.length).toBeLessThan(500);
      }
    }
  });
});

describe("packets as text", () => {
  const HEAD = "12:00:00.000001 IP 192.0.2.1.500 > 192.0.2.2.500: isakmp\n";
  const DUMP =
    "\t0x0000:  4500 001c 0000 0000 4011 0000 c000 0201\n\t0x0010:  c000 0202 01f4 01f4 0008 0000\n";

  it("without a link header are IP", async () => {
    expect((await read(HEAD + DUMP)).records).toMatchObject([{ linkType: 101, originalLength: 28 }]);
  });

  it("cut by a snap length have the length that IP gives", async () => {
    const [record] = (await read(HEAD + DUMP.replace("001c", "0100"))).records;
    expect(record).toMatchObject({ originalLength: 256 });
    expect(record?.bytes).toHaveLength(28);
  });

  it("of a host whose address looks like an EtherType are IP all the same", async () => {
    const arp = DUMP.replace("c000 0201", "0806 0101").replace("4011 0000", "4011 b0cf");
    const header = [0x4500, 0x001c, 0, 0, 0x4011, 0, 0x0806, 0x0101, 0xc000, 0x0202];
    let sum = header.reduce((total, word) => total + word, 0);
    sum = (sum & 0xffff) + (sum >> 16);
    const text = arp.replace("b0cf", (~sum & 0xffff).toString(16).padStart(4, "0"));
    expect((await read(HEAD + text)).records).toMatchObject([{ linkType: 101 }]);
  });

  it("of FortiGate tell which way they went", async () => {
    const text = (side: string) => `1.000000 wan1 ${side} 192.0.2.1.500 -> 192.0.2.2.500: udp 8\n${DUMP}\n`;
    const { records } = await read(text("in") + text("out") + text("--"));
    expect(records.map(({ direction }) => direction)).toEqual([
      DIRECTION.inbound,
      DIRECTION.outbound,
      DIRECTION.unknown,
    ]);
  });

  it("that pass midnight go on with the next day", async () => {
    const { records } = await read(
      HEAD.replace("12:00", "23:59") + DUMP + HEAD.replace("12:00", "00:01") + DUMP,
    );
    expect((records[1]?.time ?? 0) - (records[0]?.time ?? 0)).toBe(120_000_000);
  });

  it("with a line missing end there, and that is told", async () => {
    const long = packets([100], 1);
    const text = TEXT_FORMS[0]?.write([...long, ...long]).split("\n") ?? [];
    text.splice(3, 1);
    const { records, summary } = await read(text.join("\n"));
    expect(records.map(({ bytes }) => bytes.length)).toEqual([32, 142]);
    expect(records[0]?.originalLength).toBe(142);
    expect(summary.notes.map(({ text: note }) => note)).toContain(
      "lines are missing in the dump of 1 packet: read up to there",
    );
  });

  it("of which some have no bytes are counted", async () => {
    const { records, summary } = await read(HEAD + HEAD + DUMP + HEAD);
    expect(records).toHaveLength(1);
    expect(summary.notes.map(({ text }) => text)).toContain("2 packets shown without bytes, and not read");
  });

  it("without times have that of the packet before, and it is told", async () => {
    const { records, summary } = await read(DUMP + "\n" + DUMP);
    expect(records.map(({ time }) => time)).toEqual([0, 0]);
    expect(summary.notes.map(({ kind }) => kind)).toEqual(["no-timestamps"]);
  });

  it("with differences for times are refused where that shows", async () => {
    const delta = (time: string) => HEAD.replace("12:00:00.000001", time) + DUMP;
    const { fault } = await read(
      delta("00:00:00.000000") + delta("00:00:03.000000") + delta("00:00:01.000000"),
    );
    expect(fault?.reason).toContain("differences from packet to packet");
  });

  it("that repeat a line in hexdump are whole", async () => {
    const bytes = new Uint8Array(80);
    bytes.set(frame(38, new SeededRandom(1)).subarray(0, 42));
    const line = (at: number) =>
      `${at.toString(16).padStart(8, "0")}  ${
        Buffer.from(bytes.subarray(at, at + 16))
          .toString("hex")
          .match(/../g)
          ?.join(" ") ?? ""
      }\n`;
    const text = `2024-05-01 12:00:00\n${line(0)}${line(16)}${line(32)}${line(48)}*\n00000050\n`;
    const { records } = await read(text);
    // The closing offset has no bytes, so how often the line is repeated is known only if another follows.
    expect(records[0]?.bytes).toEqual(bytes.subarray(0, 64));
    const followed = await read(text.replace("00000050\n", `00000050  01 02\n`));
    expect(followed.records[0]?.bytes).toEqual(Uint8Array.from([...bytes, 1, 2]));
  });

  it("behind a line without an end are found, and the line costs no memory", async () => {
    const { records } = await read("x".repeat(300_000) + "\n" + HEAD + DUMP, [10_000]);
    expect(records).toHaveLength(1);
  });

  it("are refused only once, and the source has then ended", async () => {
    const reader = new CaptureReader({
      name: "x",
      read: () => Promise.resolve(null),
      close: () => Promise.resolve(),
    });
    expect((await readAll(reader)).fault?.reason).toContain("is empty");
    expect(reader.next()).toBe(false);
    expect(await reader.fill()).toBe(false);
  });
});

describe("text without the bytes of packets", () => {
  it.each([
    [
      "tcpdump",
      "12:00:00.000001 IP 192.0.2.1.500 > 192.0.2.2.500: isakmp: phase 1 I ident\n",
      "tcpdump -w FILE.pcap",
    ],
    [
      "FortiGate level 4",
      "1.500000 wan1 out 192.0.2.1.500 -> 192.0.2.2.500: udp 300\n",
      "diagnose sniffer packet any 'host PEER' 6 0 a",
    ],
    [
      "tshark",
      "    1   0.000000  192.0.2.1 → 192.0.2.2    ISAKMP 342 IKE_SA_INIT\n",
      "tshark -r CAPTURE -w FILE.pcapng",
    ],
    [
      "a log",
      "May  1 12:00:00 gw charon: 05[IKE] initiating IKE_SA a[1] to 192.0.2.2\n",
      "tcpdump -w FILE.pcap records them",
    ],
  ])("of %s is refused with the command that helps", async (_what, line, command) => {
    const { records, fault } = await read(line.repeat(30), [200]);
    expect(records).toEqual([]);
    expect(fault).toMatchObject({ offset: 0 });
    expect(fault?.reason).toMatch(/^not a capture: /);
    expect(fault?.reason).toContain(command);
    expect(fault?.reason).not.toContain("\n");
  });
});

const TCPDUMP = ((): boolean => {
  try {
    execFileSync("tcpdump", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(TCPDUMP)("what tcpdump prints", () => {
  const files = sampled(
    captureFiles([OWN_CAPTURES], [".pcap"]).filter((_file, index) => index % 25 === 0),
    8,
  );

  it.each(["-xx", "-XX"])(
    "with -tttt %s is the capture",
    async (how) => {
      for (const file of files) {
        const { records } = await readAll(new CaptureReader(await FileBytes.open(file)));
        const text = execFileSync("tcpdump", ["-nr", file, "-tttt", "-v", how], {
          env: { ...process.env, TZ: "UTC" },
          stdio: ["ignore", "pipe", "ignore"],
          maxBuffer: 1 << 28,
        });
        const shown = await readBytes(text, [65_536]);
        expect(shown.fault).toBeNull();
        const told = (record: (typeof records)[number]) =>
          `${record.time} ${Buffer.from(record.bytes).toString("hex")}`;
        expect(shown.records.map(told)).toEqual(records.map(told));
      }
    },
    60_000,
  );
});
