import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { esp, ethernet, ipv4, udp } from "../support/packet/index.js";

const IKESCOPE = fileURLToPath(new URL("../../bin/ikescope.js", import.meta.url));
const FEW = 100_000;
const MANY = 500_000;
/** Collections of a young generation of a megabyte: an object of 16 bytes for each further packet would make six more. */
const MOST_MORE = 3;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-allocation-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packets of ten streams; where `tagged`, a VLAN tag keeps them from the kernel. */
function packetsOf(count: number, tagged: boolean): WrittenPacket[] {
  return Array.from({ length: count }, (_, index) => {
    const stream = index % 10;
    const packet = esp({ spi: 0xc000_0000 + stream, sequence: 1 + Math.floor(index / 10) });
    const payload = ipv4({
      source: "192.0.2.1",
      destination: `198.51.100.${stream}`,
      payload: udp({ sourcePort: 4500, destinationPort: 4500, payload: packet }),
    });
    const bytes = tagged
      ? ethernet({ type: 0x8100, payload: Uint8Array.from([0, 5, 8, 0, ...payload]) })
      : ethernet({ payload });
    return { time: 1_700_000_000_000_000 + index * 10, bytes };
  });
}

/** How often the garbage collector ran for young objects while a capture of so many packets was judged. */
function collections(count: number, tagged: boolean): number {
  const file = join(folder, `${count}-${String(tagged)}.pcap`);
  writeFileSync(file, pcapFile(packetsOf(count, tagged)));
  const { stdout, status } = spawnSync(
    process.execPath,
    ["--trace-gc", "--max-semi-space-size=1", IKESCOPE, "-f", "json", "--fail-on", "never", file],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
  expect(status).toBe(0);
  return stdout.split("\n").filter((line) => line.includes(": Scavenge")).length;
}

describe("an ESP packet", () => {
  it.each([
    ["that the kernel takes", false],
    ["that goes the long way", true],
  ])("%s makes no object", (_name, tagged) => {
    const few = collections(FEW, tagged);
    expect(few).toBeGreaterThan(0);
    expect(collections(MANY, tagged) - few).toBeLessThanOrEqual(MOST_MORE);
  });
});
