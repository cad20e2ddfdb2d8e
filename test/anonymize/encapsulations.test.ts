import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { AnonymizedSource } from "../../src/index.js";
import { LINK_TYPES, linkParser } from "../../src/packet/link/table.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { type ReadRecord, readAll } from "../support/capture/read-all.js";
import { readerOf } from "../support/extract.js";
import * as wire from "../support/packet/index.js";
import { Bench, type Seen } from "../support/packet/dissect.js";
import { isInstalled, tsharkFields } from "../support/packet/tshark.js";
import { tunnelsMissing } from "../support/packet/tunnel-in.js";
import { itIf } from "../support/require.js";
import { latin, spellings } from "../support/secrets.js";
import { CARRIED, IKE, SECRETS } from "./carried.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-carried-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const KEY = new TextEncoder().encode("a secret of the encapsulation tests");
const { concat, ipv4, u8, udp } = wire;

async function anonymous(linkType: number, frames: readonly Uint8Array[]): Promise<readonly ReadRecord[]> {
  const packets = frames.map((bytes, index) => ({
    time: 1e15 + index * 1000,
    bytes,
    originalLength: Math.max(bytes.length, 60),
  }));
  const { records, fault } = await readAll(
    new AnonymizedSource(readerOf(pcapFile(packets, { network: linkType })), KEY),
  );
  expect(fault).toBeNull();
  return records;
}

/** What the dissector says of each frame and that must not change. */
function seen(linkType: number, frames: readonly Uint8Array[]) {
  const bench = new Bench();
  return frames.map((bytes) => {
    const {
      kind,
      payloadLength,
      ttl,
      identification,
      hostSide,
      mirrored,
      icmp,
      sourcePort,
      destinationPort,
    }: Seen = bench.see(bytes, { linkType, originalLength: Math.max(bytes.length, 60) });
    const isOurs = kind !== "skipped" && [sourcePort, destinationPort].includes(500);
    return {
      kind,
      ...(kind === "skipped" ? {} : { payloadLength, ttl, identification, hostSide, mirrored }),
      ...(isOurs ? { sourcePort, destinationPort } : {}),
      icmp: icmp === null ? null : [icmp.type, icmp.code, icmp.quoted.protocol, icmp.quoted.sourcePort],
    };
  });
}

describe("frames made anonymous", () => {
  it("are of every link type that is read, or of one with the same header", () => {
    const carried = new Set(CARRIED.map(([, linkType]) => linkParser(linkType)));
    expect([...LINK_TYPES].filter(([, parser]) => !carried.has(parser)).map(([type]) => type)).toEqual([]);
  });

  it("are of every tunnel that is read", () => {
    const ethernets = CARRIED.flatMap(([, linkType, frames]) => (linkType === 1 ? frames : []));
    expect(tunnelsMissing(ethernets)).toEqual([]);
  });

  it.each(CARRIED)(
    "%s: say the same of the protocol, and nothing of the hosts",
    async (_, linkType, frames) => {
      const records = await anonymous(linkType, frames);
      const after = records.map(({ bytes }) => bytes);
      expect(after.map(({ length }) => length)).toEqual(frames.map(({ length }) => length));
      expect(seen(linkType, after)).toEqual(seen(linkType, frames));
      const output = latin(concat(...after));
      const leaks = SECRETS.filter((secret) =>
        spellings(secret).some((spelling) => output.includes(spelling)),
      );
      expect(leaks.map((secret) => toHex(secret))).toEqual([]);
      expect(output).not.toMatch(/secret|example/);
    },
  );

  itIf(isInstalled("tshark"), "tshark")("have right checksums where they were right", async () => {
    const fields = [
      "ip.checksum.status",
      "udp.checksum.status",
      "tcp.checksum.status",
      "icmp.checksum.status",
      "icmpv6.checksum.status",
    ];
    const ethernets = CARRIED.filter(
      ([name, linkType]) => linkType === 1 && !/protects|header that/.test(name),
    );
    const statuses = async (name: string, frames: readonly Uint8Array[]) => {
      const path = join(scratch, name);
      writeFileSync(path, pcapFile(frames.map((bytes, index) => ({ time: 1e15 + index * 1000, bytes }))));
      return tsharkFields(path, fields, [
        "ip.check_checksum:TRUE",
        "udp.check_checksum:TRUE",
        "tcp.check_checksum:TRUE",
      ]);
    };
    const before = ethernets.flatMap(([, , frames]) => frames);
    const after = (await anonymous(1, before)).map(({ bytes }) => bytes);
    const rows = await statuses("after.pcap", after);
    expect(rows).toEqual(await statuses("before.pcap", before));
    expect(rows.filter((row) => row["udp.checksum.status"]?.includes("1")).length).toBeGreaterThan(20);
  });

  it("leave a checksum that awaits the network card, and one that is none, as they are", async () => {
    const unfilled = udp({ sourcePort: 500, destinationPort: 500, payload: IKE, checksum: 0 });
    const [record] = await anonymous(101, [ipv4({ payload: unfilled })]);
    expect(record?.bytes.slice(26, 28)).toEqual(u8(0, 0));
  });
});
