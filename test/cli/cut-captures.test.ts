import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filler } from "../support/ike/bytes.js";
import { concatenated } from "../support/capture/pcap-writer.js";
import { PcapngWriter } from "../support/capture/pcapng-writer.js";
import { NOON } from "../support/capture/packets.js";
import { ikescope } from "../support/command.js";
import { itIf } from "../support/require.js";

const WHOLE = new Uint8Array(
  readFileSync(fileURLToPath(new URL("../../pcaps/healthy-ikev2-only4500-initiator.pcap", import.meta.url))),
);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-cut-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Without the last bytes. */
function cut(bytes: Uint8Array, count = 7): Uint8Array {
  return bytes.subarray(0, bytes.length - count);
}

/** With one byte changed, counted from the end. */
function damaged(bytes: Uint8Array, fromEnd: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[changed.length - fromEnd] = (changed.at(-fromEnd) ?? 0) ^ 0xff;
  return changed;
}

/** A record whose length cannot be meant, behind all that is whole. */
const LYING_RECORD = new Uint8Array(100).fill(0xff);

const PCAPNG = new PcapngWriter()
  .section()
  .interface()
  .packet({ time: NOON, bytes: filler(60, 1) })
  .packet({ time: NOON + 1, bytes: filler(60, 2) })
  .build();

const PACKERS = ["xz", "zstd"].map((name) => ({
  name,
  isThere: spawnSync(name, ["--version"]).error === undefined,
}));

function packed(by: string, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(spawnSync(by, ["-c"], { input: bytes }).stdout);
}

/** In two parts behind one another: of one that is cut, nothing may be unpacked at all. */
function inTwo(by: string, bytes: Uint8Array): Uint8Array {
  const half = bytes.length / 2;
  return concatenated([packed(by, bytes.subarray(0, half)), packed(by, bytes.subarray(half))]);
}

async function expectCut(file: string): Promise<void> {
  const judged = await ikescope([file, "--format", "ndjson"]);
  expect(judged).toMatchObject({ code: 0, stderr: "" });
  expect(judged.stdout).toContain('"code":"capture-cut-short"');
  expect((await ikescope([file, "--fail-on", "warning"])).code).toBe(1);
  const decoded = await ikescope(["decode", file]);
  expect(decoded).toMatchObject({ code: 0, stderr: expect.stringMatching(/ends? (?:inside|before)|zeros/) });
}

async function expectDamaged(file: string): Promise<void> {
  const judged = await ikescope([file]);
  expect(judged.code).toBe(2);
  expect(judged.stderr).toContain(file);
  expect(judged.stderr.trim().split("\n")).toHaveLength(1);
  expect((await ikescope(["decode", file])).code).toBe(2);
}

describe("a capture that ends too early is judged by what is there", () => {
  it.each([
    ["pcap, inside a packet", "packet.pcap", cut(WHOLE)],
    ["pcapng, inside a block", "block.pcapng", cut(PCAPNG)],
    ["zeros at its end", "zeros.pcap", concatenated([WHOLE, new Uint8Array(5000)])],
    ["packed with gzip, then cut", "late.pcap.gz", cut(gzipSync(WHOLE), 100)],
    ["packed with gzip, its last bytes cut off", "trailer.pcap.gz", cut(gzipSync(WHOLE), 5)],
    ["cut, then packed with gzip", "early.pcap.gz", gzipSync(cut(WHOLE))],
  ])("%s", (_what, name, bytes) => expectCut(fileOf(name, bytes)));

  for (const { name, isThere } of PACKERS) {
    itIf(isThere, `${name} is not installed`)(`packed with ${name}, then cut`, () =>
      expectCut(fileOf(`late.pcap.${name}`, cut(inTwo(name, WHOLE), 60))),
    );
  }
});

describe("a capture that is damaged", () => {
  it.each([
    ["pcap, a length that lies", "lies.pcap", concatenated([WHOLE, LYING_RECORD])],
    ["pcapng, a length that lies", "lies.pcapng", concatenated([PCAPNG, LYING_RECORD])],
    ["zeros in its middle", "middle.pcap", concatenated([WHOLE, new Uint8Array(500), WHOLE])],
    ["gzip, its check fails", "check.pcap.gz", damaged(gzipSync(WHOLE), 6)],
    ["inside its own header", "header.pcap", WHOLE.subarray(0, 20)],
    ["inside its first block", "header.pcapng", PCAPNG.subarray(0, 20)],
    ["empty", "empty.pcap", new Uint8Array(0)],
  ])("ends with 2: %s", (_what, name, bytes) => expectDamaged(fileOf(name, bytes)));

  for (const { name, isThere } of PACKERS) {
    itIf(isThere, `${name} is not installed`)(`ends with 2: ${name}, its check fails`, () =>
      expectDamaged(fileOf(`check.pcap.${name}`, damaged(packed(name, WHOLE), 50))),
    );
  }

  it("without a packet says that no evidence is written", async () => {
    const evidence = join(folder, "evidence.pcapng");
    const file = fileOf("header-only.pcap", WHOLE.subarray(0, 24));
    const { code, stderr } = await ikescope([file, "--evidence", evidence]);
    expect(code).toBe(0);
    expect(stderr).toBe(`ikescope: --evidence: ${evidence} is not written: no packet was read\n`);
    expect(existsSync(evidence)).toBe(false);
  });

  it("counts in a folder as well, where what is no capture is passed over by name", async () => {
    const there = join(folder, "folder");
    mkdirSync(there);
    writeFileSync(join(there, "a.pcap"), WHOLE);
    writeFileSync(join(there, "notes.txt"), "the tunnel fails since Monday\n");
    const sound = await ikescope([there]);
    expect(sound.code).toBe(0);
    expect(sound.stderr).toContain(`not read: ${join(there, "notes.txt")}`);
    writeFileSync(join(there, "b.pcap"), concatenated([WHOLE, LYING_RECORD]));
    const bad = await ikescope([there]);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain(join(there, "b.pcap"));
  });
});
