import { describe, expect, it } from "vitest";
import { NOON } from "../support/capture/packets.js";
import type { WrittenPacket } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { readBytes } from "../support/capture/read-all.js";

const packet = (): WrittenPacket => ({
  time: NOON,
  bytes: new Uint8Array(60),
});
/** A file that has got as far as its first interface. */
const begun = (): PcapngWriter => new PcapngWriter().section().interface();

describe("a pcapng file that cannot be read on", () => {
  const head = begun().packet(packet());
  const at = head.length;
  const after = (build: (file: PcapngWriter) => PcapngWriter): Uint8Array =>
    build(begun().packet(packet())).packet(packet()).build();

  const cases: readonly (readonly [name: string, file: Uint8Array, offset: number, reason: string])[] = [
    [
      "a block length below the smallest",
      after((file) => file.raw(file.u32(6)).raw(file.u32(8))),
      at + 4,
      "the block's length is 8; it can only be from 12 to 67108864",
    ],
    [
      "a block length above the largest",
      after((file) => file.raw(file.u32(6)).raw(file.u32(67_108_868))),
      at + 4,
      "the block's length is 67108868; it can only be from 12 to 67108864",
    ],
    [
      "a block length that is no multiple of four",
      after((file) => file.raw(file.u32(6)).raw(file.u32(34))),
      at + 4,
      "the block's length is 34, no multiple of 4",
    ],
    [
      "another length behind the block than before it",
      after((file) => file.raw(file.u32(4)).raw(file.u32(16)).raw(file.u32(0)).raw(file.u32(20))),
      at + 12,
      "the block's length is 16 at its start and 20 at its end",
    ],
    [
      "a packet said to be longer than its block",
      after((file) => file.packet(packet(), { captured: 61 })),
      at + 20,
      "frame 2 says that it holds 61 bytes; its block has room for 60",
    ],
    [
      "a simple packet said to be longer than its block",
      after((file) => file.simplePacket({ ...packet(), originalLength: 61 })),
      at + 8,
      "frame 2 says that it holds 61 bytes; its block has room for 60",
    ],
    [
      "a packet of an interface that was not declared",
      after((file) => file.packet(packet(), { interface: 3 })),
      at + 8,
      "the block belongs to interface 3; its section has declared 1 so far",
    ],
    [
      "a block too short for its fields",
      after((file) => file.block(6, file.u32(0))),
      at + 4,
      "the block's length leaves 4 bytes for fields that need 20",
    ],
    [
      "a section of another format version",
      after((file) => file.section({ major: 2 })),
      at + 12,
      "the section is of format version 2; only 1 can be read",
    ],
    [
      "a section without a byte-order mark",
      after((file) => file.block(0x0a0d0d0a, file.u32(0), new Uint8Array(12))),
      at + 8,
      "the section's byte-order mark is 00000000, neither 1a2b3c4d nor 4d3c2b1a",
    ],
  ];

  it.each(cases)(
    "%s: names offset and numbers, after the packets before",
    async (_, file, offset, reason) => {
      const { records, fault } = await readBytes(file);
      expect(records).toHaveLength(1);
      expect(fault).toMatchObject({ offset, reason });
    },
  );

  it("an endless list of interfaces is one, too", async () => {
    const file = new PcapngWriter().section();
    for (let index = 0; index <= 65_536; index++) file.interface();
    expect((await readBytes(file.build(), [100_000])).fault?.reason).toBe(
      "the section declares more than 65536 interfaces",
    );
  });

  it("ends inside a block: all before is given, with a note of both numbers", async () => {
    const { records, summary, fault } = await readBytes(after((file) => file).subarray(0, at + 30));
    expect(fault).toBeNull();
    expect(records).toHaveLength(1);
    expect(summary.notes).toMatchObject([
      {
        kind: "cut-short",
        text: `the file ends inside a block: the one at byte ${at} needs 92 bytes, 30 are there`,
      },
    ]);
  });
});
