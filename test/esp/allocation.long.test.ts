import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { EspKernel } from "../../src/esp/kernel.js";
import { analyze } from "../../src/index.js";
import { CaptureFile } from "../bench/capture-file.js";
import { countSkimmed } from "../support/esp/count-skimmed.js";
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

/** More VLAN tags than the kernel looks behind. */
const TAGS = 3;

/** A capture of ten streams, whose frames have so many VLAN tags. */
function writeCapture(path: string, count: number, tags: number): void {
  const frames = Array.from({ length: 10 }, (_, stream) => {
    const packet = esp({ spi: 0xc000_0000 + stream, sequence: 0, payload: new Uint8Array(8) });
    const payload = ipv4({
      source: "192.0.2.1",
      destination: `198.51.100.${stream}`,
      payload: udp({ sourcePort: 4500, destinationPort: 4500, payload: packet }),
    });
    return tags === 0 ? ethernet({ payload, pad: false }) : tagged(payload, tags);
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

function tagged(payload: Uint8Array, tags: number): Uint8Array {
  let [type, inside] = [0x0800, payload];
  for (let tag = 0; tag < tags; tag++)
    [type, inside] = [0x8100, vlan({ id: tag + 5, type, payload: inside })];
  return ethernet({ type, payload: inside, pad: false });
}

/** How many ESP packets of a capture are counted, and how many of these the kernel takes. */
async function taken(count: number, tags: number): Promise<{ counted: number; skimmed: number }> {
  const path = join(folder, "taken.pcap");
  writeCapture(path, count, tags);
  const kernel = new EspKernel(64);
  const skimmed = countSkimmed(kernel);
  const source = await openCaptures([path], { buffer: kernel.chunk });
  const { judgement } = await analyze(source, { kernel });
  return { counted: judgement.observations.espPackets, skimmed: skimmed.packets };
}

/** How often the garbage collector ran for young objects while a capture of so many packets was judged. */
function collections(count: number, tags: number): number {
  const path = join(folder, "packets.pcap");
  writeCapture(path, count, tags);
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
    ["that the kernel takes", 0, 1],
    ["that goes the long way", TAGS, 0],
  ])("%s makes no object", async (_name, tags, share) => {
    const { counted, skimmed } = await taken(FEW, tags);
    expect(counted).toBe(FEW);
    // The kernel leaves the first packets of each stream.
    expect(skimmed / FEW).toBeCloseTo(share, 2);
    const few = collections(FEW, tags);
    expect(few).toBeGreaterThan(0);
    expect(collections(MANY, tags) - few).toBeLessThanOrEqual(MOST_MORE);
  });
});
