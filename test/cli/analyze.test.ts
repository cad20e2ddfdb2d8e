import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { concatenated, pcapFile } from "../support/capture/pcap-writer.js";
import { ikescope, outcomeOf, start } from "../support/command.js";
import { faultsOf } from "../support/schema.js";

const pcap = (name: string): string => fileURLToPath(new URL(`../../pcaps/${name}.pcap`, import.meta.url));
const FAILING = pcap("port4500-blocked-nat-initiator");
const HEALTHY = pcap("healthy-ikev2-initiator");

const scratch = mkdtempSync(join(tmpdir(), "ikescope-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function scratchFile(name: string, bytes: Uint8Array | string): string {
  const file = join(scratch, name);
  writeFileSync(file, bytes);
  return file;
}

/** A megabyte of ARP, recorded a minute after the first packet of a pcap file. */
function recordsAfter(capture: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set([0x08, 0x06], 12);
  const time = (new DataView(capture.buffer, capture.byteOffset).getUint32(24, true) + 60) * 1_000_000;
  return pcapFile(Array.from({ length: 1024 }, (_, index) => ({ time: time + index, bytes }))).subarray(24);
}

describe("ikescope CAPTURE", () => {
  it("says the verdict in the first line, and exits with 1 for a critical finding", async () => {
    const { code, stdout, stderr } = await ikescope([FAILING]);
    expect(stdout.split("\n")[0]).toMatch(/^FAILING \(likely\) {2}192\.0\.2\.10 -> 198\.51\.100\.20/);
    expect(stdout).toContain("natt-4500-unanswered");
    expect(stderr).toBe("");
    expect(code).toBe(1);
  });

  it("exits with 0 for a healthy capture", async () => {
    const { code, stdout } = await ikescope(["analyze", HEALTHY]);
    expect(stdout).toMatch(/^HEALTHY /);
    expect(code).toBe(0);
  });

  it.each([
    [HEALTHY, "info", 1],
    [HEALTHY, "warning", 0],
    [FAILING, "never", 0],
  ])("%s with --fail-on %s exits with %i", async (file, severity, wanted) => {
    expect((await ikescope([file, "--fail-on", severity])).code).toBe(wanted);
  });

  it("prints JSON by the committed schema", async () => {
    const { stdout } = await ikescope([FAILING, "--format", "json"]);
    expect(faultsOf(JSON.parse(stdout))).toEqual([]);
  });

  it("writes to a file with -o and keeps standard output clean", async () => {
    const file = join(scratch, "report.txt");
    const { stdout } = await ikescope([FAILING, "-o", file]);
    expect(stdout).toBe("");
    expect(readFileSync(file, "utf8")).toMatch(/^FAILING /);
  });

  it("judges only the tunnels of --peer", async () => {
    const same = await ikescope([FAILING, "--peer", "198.51.100.20"]);
    expect(same.stdout).toMatch(/^FAILING /);
  });

  it("reports only on the tunnel of --tunnel, and exits by it", async () => {
    const ofTen = pcap("wrong-psk-one-of-ten-initiator");
    const whole = await ikescope([ofTen]);
    expect([whole.code, whole.stdout]).toEqual([1, expect.stringContaining("1 of 10 tunnels")]);
    const healthy = await ikescope([ofTen, "--tunnel", "3"]);
    expect([healthy.code, healthy.stdout]).toEqual([
      0,
      expect.stringMatching(/^HEALTHY {2}192\.0\.2\.103 -> /),
    ]);
    expect(healthy.stdout.match(/^Tunnel \d+/gm)).toEqual(["Tunnel 3"]);
    const failing = await ikescope([ofTen, "--tunnel", "7", "-f", "json"]);
    expect(failing.code).toBe(1);
    expect(JSON.parse(failing.stdout)).toMatchObject({
      verdict: { status: "failing" },
      tunnels: [{ id: 7 }],
    });
  });

  it("--tunnel that is not there says which there are, and exits with 2", async () => {
    expect(await ikescope([FAILING, "--tunnel", "9"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "ikescope: --tunnel 9: there is no such tunnel; there is 1 (192.0.2.10 <-> 198.51.100.20)\n",
    });
  });

  it("uses no colour in a pipe", async () => {
    expect((await ikescope([FAILING])).stdout).not.toContain("\u001b");
  });

  it("reads a gzip file, and several files as one capture", async () => {
    const bytes = readFileSync(FAILING);
    const packed = scratchFile("packed.pcap.gz", gzipSync(bytes));
    const halves = [bytes.subarray(0, cutAfter(bytes, 8)), headerAndFrom(bytes, cutAfter(bytes, 8))];
    const [first, second] = halves.map((half, index) => scratchFile(`rotated${index}.pcap`, half));
    for (const files of [[packed], [second ?? "", first ?? ""]]) {
      const { stdout } = await ikescope(files);
      expect(stdout).toContain("natt-4500-unanswered");
    }
  });
});

describe("ikescope - (standard input)", () => {
  it("reads a capture from a pipe", async () => {
    const { code, stdout } = await ikescope(["-"], readFileSync(FAILING));
    expect(stdout).toContain("natt-4500-unanswered");
    expect(code).toBe(1);
  });

  it("reports on what came when the pipe ends inside a packet", async () => {
    const bytes = readFileSync(FAILING);
    const { stdout } = await ikescope(["-"], bytes.subarray(0, bytes.length - 7));
    expect(stdout).toContain("natt-4500-unanswered");
    expect(stdout).toContain("capture-cut-short");
  });

  it("reports on what came when it is interrupted, though the pipe stays open", async () => {
    const child = start(["-"]);
    const done = outcomeOf(child);
    const capture = readFileSync(FAILING);
    // More than a pipe holds comes behind: when all of it is taken the capture was read, and the signal is listened for.
    await new Promise((resolve) =>
      child.stdin?.write(concatenated([capture, recordsAfter(capture)]), resolve),
    );
    child.kill("SIGINT");
    const { code, stdout } = await done;
    expect(stdout).toContain("natt-4500-unanswered");
    expect(code).toBe(1);
  });
});

describe("what cannot be read", () => {
  it("is one line on stderr and exit status 2", async () => {
    const { code, stdout, stderr } = await ikescope([join(scratch, "nowhere.pcap")]);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^ikescope: .*nowhere\.pcap.*\n$/);
    expect(code).toBe(2);
  });

  it("a record length that lies is named with file, offset and both numbers", async () => {
    const bytes = Uint8Array.from(readFileSync(FAILING));
    const at = cutAfter(bytes, 10);
    new DataView(bytes.buffer).setUint32(at + 8, 0x7fff_ffff, true);
    const { code, stderr } = await ikescope([scratchFile("lies.pcap", bytes)]);
    expect(stderr).toMatch(/lies\.pcap: at byte \d+: .*2147483647.*262144/);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(code).toBe(2);
  });

  it("a file name with control characters cannot reach the terminal", async () => {
    const file = scratchFile("\u001b[31mred.pcap", "no capture");
    const { stderr } = await ikescope([file]);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).toContain("\\x1b[31mred.pcap");
  });

  it("knows Markdown as md too", async () => {
    const short = await ikescope([FAILING, "-f", "md"]);
    expect(short.stdout).toBe((await ikescope([FAILING, "--format", "markdown"])).stdout);
    expect(short.code).toBe(1);
  });

  it.each([[["--no-such-option"]], [[]], [[HEALTHY, "--peer", "nobody"]], [[HEALTHY, "--format", "xml"]]])(
    "bad usage %j exits with 2",
    async (args) => {
      expect((await ikescope(args)).code).toBe(2);
    },
  );

  it.each([["--help"], ["--version"]])("%s exits with 0", async (flag) => {
    expect((await ikescope([flag])).code).toBe(0);
  });
});

/** Offset in a little-endian pcap file behind the given number of records. */
function cutAfter(bytes: Uint8Array, records: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 24;
  for (let record = 0; record < records; record++) at += 16 + view.getUint32(at + 8, true);
  return at;
}

function headerAndFrom(bytes: Uint8Array, at: number): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, 24), ...bytes.subarray(at)]);
}
