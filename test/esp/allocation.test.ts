import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CaptureFile } from "../bench/capture-file.js";
import { esp, ethernet, ipv4, udp, vlan } from "../support/packet/index.js";

const IKESCOPE = fileURLToPath(new URL("../../bin/ikescope.js", import.meta.url));
const FEW = 100_000;
const MANY = 1_500_000;
/**
 * Collections of a young generation of a megabyte. An object of 16 bytes, the smallest there is, for each further packet
 * would make 22 more; what is made for each chunk that is read makes some ten.
 */
const MOST_MORE = 16;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-allocation-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A capture of ten streams; where `tagged`, a VLAN tag keeps their packets from the kernel. */
function writeCapture(path: string, count: number, tagged: boolean): void {
  const frames = Array.from({ length: 10 }, (_, stream) => {
    const packet = esp({ spi: 0xc000_0000 + stream, sequence: 0, payload: new Uint8Array(8) });
    const payload = ipv4({
      source: "192.0.2.1",
      destination: `198.51.100.${stream}`,
      payload: udp({ sourcePort: 4500, destinationPort: 4500, payload: packet }),
    });
    return tagged
      ? ethernet({ type: 0x8100, payload: vlan({ payload }), pad: false })
      : ethernet({ payload, pad: false });
  });
  const file = new CaptureFile(path);
  for (let index = 0; index < count; index++) {
    const frame = frames[index % frames.length] ?? new Uint8Array(0);
    const sequence = 1 + Math.floor(index / frames.length);
    new DataView(frame.buffer, frame.byteOffset).setUint32(frame.length - 12, sequence);
    file.add(1_700_000_000_000_000 + index * 10, frame);
  }
  file.close();
}

/** How often the garbage collector ran for young objects while a capture of so many packets was judged. */
function collections(count: number, tagged: boolean): number {
  const path = join(folder, "packets.pcap");
  writeCapture(path, count, tagged);
  // In one thread, the compiler is done with the hot functions after the same number of packets each time.
  const { stdout, status } = spawnSync(
    process.execPath,
    ["--single-threaded", "--trace-gc", "--max-semi-space-size=1", IKESCOPE, "-f", "json", path],
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
