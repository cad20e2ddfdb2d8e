import { describe, expect, it } from "vitest";
import { NOON } from "../support/capture/packets.js";
import { NUMBERED_FORMS, PASTED_FORMS } from "../support/capture/pasted.js";
import type { WrittenPacket } from "../support/capture/pcap-writer.js";
import { utf8 } from "../support/capture/pcapng-writer.js";
import { SeededRandom } from "../support/capture/random.js";
import { readBytes } from "../support/capture/read-all.js";
import { TEXT_FORMS } from "../support/capture/text-dumps.js";
import * as wire from "../support/packet/index.js";
import { SEED } from "../support/seed.js";

const random = new SeededRandom(SEED);
/** Content that reads as no more than characters: digits among them are for the tests of whole texts. */
const content = (length: number) => new Uint8Array(length).map(() => 0x80 + random.below(128));
const inUdp = (length: number) =>
  wire.udp({ sourcePort: 500, destinationPort: 500, payload: content(length) });
const PACKETS: readonly WrittenPacket[] = [
  wire.ethernet({ payload: wire.ipv4({ payload: inUdp(61) }) }),
  wire.ethernet({ payload: wire.ipv6({ payload: inUdp(100) }) }),
  wire.ethernet({ payload: wire.ipv4({ payload: inUdp(8) }) }),
].map((bytes, index) => ({ time: NOON + index * 10_500, bytes }));

async function packetsIn(text: string, sizes: readonly number[] = [4096]): Promise<readonly string[]> {
  const { records } = await readBytes(utf8(text), sizes);
  return records.map(({ time, bytes }) => `${time} ${Buffer.from(bytes).toString("hex")}`);
}

const told = (packets: readonly WrittenPacket[], timeOf: (time: number) => number) =>
  packets.map(({ time, bytes }) => `${timeOf(time)} ${Buffer.from(bytes).toString("hex")}`);

describe.each(TEXT_FORMS)("packets as text of $name, pasted", ({ name, write, timeOf }) => {
  const expected = told(PACKETS, (time) => timeOf(time, NOON));
  const forms =
    name.includes("0x") || write(PACKETS).includes("0x0010")
      ? [...PASTED_FORMS, ...NUMBERED_FORMS]
      : PASTED_FORMS;

  it.each(forms)("$name: are the packets", async ({ paste }) => {
    expect(await packetsIn(paste(write(PACKETS)))).toEqual(expected);
    expect(await packetsIn(paste(write(PACKETS)), [61])).toEqual(expected);
  });
});

describe("packets as text", () => {
  const head = (time: string) => `${time} wan1 in 192.0.2.1.500 -> 192.0.2.2.500: udp 8\n`;
  const DUMP =
    "0x0000\t 4500 001c 0000 0000 4011 0000 c000 0201\tE.......@.......\n0x0010\t c000 0202 01f4 01f4 0008 0000\t............\n";
  const DAY = 86_400_000_000;
  const of = (iso: string) => Date.parse(iso) * 1000;

  it.each([
    ["2024-05-01 13:00:00.5", of("2024-05-01T13:00:00.500Z")],
    ["2024-05-01T13:00:00,500+02:00", of("2024-05-01T11:00:00.500Z")],
    ["2024/05/01 13:00:00", of("2024-05-01T13:00:00Z")],
    ["31/12/2024 13:00:00", of("2024-12-31T13:00:00Z")],
    ["12/31/2024 13:00:00", of("2024-12-31T13:00:00Z")],
    ["31.12.2024 13:00:00", of("2024-12-31T13:00:00Z")],
    ["5/1/2024, 1:00:00 PM", of("2024-01-05T13:00:00Z")],
    ["2024-05-01 12:00:00 AM", of("2024-05-01T00:00:00Z")],
    ["May 1, 2024 13:00:00.500", of("2024-05-01T13:00:00.500Z")],
    ["May  1 2024 13:00:00", of("2024-05-01T13:00:00Z")],
    ["13:00:00.500 UTC May 1 2024", of("2024-05-01T13:00:00.500Z")],
    ["*13:00:00.500 EDT Wed May 1 2024", 13 * 3_600_000_000 + 500_000],
    ["May  1 13:00:00", 13 * 3_600_000_000],
    ["13:00:00,25", 13 * 3_600_000_000 + 250_000],
  ])("with the time %s above them have it", async (time, micros) => {
    const { records } = await readBytes(utf8(head(time) + DUMP), []);
    expect(records.map((record) => record.time % (micros < DAY ? DAY : Infinity))).toEqual([micros]);
  });

  it("of Cisco IOS, by addresses of memory, are the packets", async () => {
    const line = (address: number, bytes: Uint8Array) => {
      const groups =
        Buffer.from(bytes)
          .toString("hex")
          .toUpperCase()
          .match(/.{1,8}/g) ?? [];
      const shown = groups.join(" ");
      return `${address.toString(16).toUpperCase().padStart(8, "0")}: ${bytes.length === 8 ? shown.padStart(35) : shown.padEnd(35)}  ................\n`;
    };
    const texts = PACKETS.map(({ bytes }, index) => {
      const address = 0x0d98b860 + index * 0x1000;
      let text = `12:00:00.${String(index * 10).padStart(3, "0")} UTC May  1 2024 : IPv4 LES CEF    : Gi0/0 None\n\n`;
      text += line(address, bytes.subarray(0, 8));
      for (let at = 8; at < bytes.length; at += 16)
        text += line(address + 8 + at, bytes.subarray(at, at + 16));
      return `${text}\n`;
    });
    const noon = of("2024-05-01T12:00:00Z");
    expect(await packetsIn(`R1#show monitor capture buffer BUF dump\n${texts.join("")}R1#`)).toEqual(
      told(PACKETS, (time) => noon + Math.floor((time - NOON) / 10_500) * 10_000),
    );
  });

  it("in a line each, as Wireshark copies a hex stream, are the packets", async () => {
    const text = PACKETS.map(({ bytes }) => `${Buffer.from(bytes).toString("hex")}\n`).join("");
    expect(await packetsIn(text)).toEqual(told(PACKETS, () => 0));
  });

  it("of a second sniffer behind the first one, whose seconds begin anew, are read to the end", async () => {
    const { records, fault } = await readBytes(
      utf8([0, 5, 0, 7].map((second) => head(`00:00:0${second}.000000`) + DUMP).join("\n")),
      [],
    );
    expect(fault).toBeNull();
    expect(records.map(({ time }) => time / 1e6)).toEqual([0, 5, 0, 7]);
  });

  it("of FortiGate with prompts in their middle are whole", async () => {
    const [first = "", second = ""] = DUMP.split("\n");
    const text = `${head("1.500000")}${first}\nfw01 # \n${second}\n\n^C\n1 packets received by filter\nfw01 # exit\n`;
    expect((await readBytes(utf8(text), [])).records.map(({ bytes }) => bytes.length)).toEqual([28]);
  });
});
