import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { streamsWithin } from "../../src/cli/kernel-streams.js";
import { MOST_STREAMS } from "../../src/esp/stream-table.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/path-lost-initiator.pcap", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ikescope-streams-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

describe("streams that captures can hold", () => {
  it("are as many as their bytes have room for", async () => {
    const { size } = statSync(CAPTURE);
    expect(await streamsWithin([CAPTURE])).toBe(Math.ceil(size / 10) + 1);
    expect(await streamsWithin([CAPTURE, CAPTURE])).toBe(Math.ceil((2 * size) / 10) + 1);
    expect(await streamsWithin([fileOf("large.pcap", new Uint8Array(2_000_000))])).toBe(MOST_STREAMS);
  });

  it("are as many as there may be where the size says nothing", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const packed = fileOf("packed.pcap.gz", gzipSync(new Uint8Array(2_000_000)));
    for (const capture of ["-", pipe, packed, join(folder, "none.pcap")]) {
      expect([capture, await streamsWithin([CAPTURE, capture])]).toEqual([capture, MOST_STREAMS]);
    }
  });
});
