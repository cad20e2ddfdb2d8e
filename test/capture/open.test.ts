import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { equalBytes } from "../../src/bytes/hex.js";
import { type CaptureInput, openCaptures } from "../../src/capture/node/open.js";
import { captureErrorOf } from "../../src/capture/node/system-error.js";
import { CaptureError } from "../../src/capture/source.js";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { readAll } from "../support/capture/read-all.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-open-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function saved(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function refusal(...files: readonly string[]): Promise<CaptureError> {
  try {
    await openCaptures(files);
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  }
  throw new Error("was opened");
}

describe("opening captures", () => {
  it("reads one file", async () => {
    const file = saved("one.pcap", pcapFile(numberedPackets(5)));
    const { records, summary } = await readAll(await openCaptures([file]));
    expect(records).toHaveLength(5);
    expect(summary).toMatchObject({ file, packets: 5, compressed: false });
  });

  it("reads several, packed or not, as one", async () => {
    const later = saved("later.pcap", pcapFile(numberedPackets(3, 60, NOON + 1e6)));
    const earlier = saved("earlier.pcap.gz", gzipSync(pcapFile(numberedPackets(2))));
    const { records, summaries } = await readAll(await openCaptures([later, earlier]));
    expect(records.map(({ capture }) => capture)).toEqual([1, 1, 0, 0, 0]);
    expect(summaries.map(({ compressed }) => compressed)).toEqual([false, true]);
  });

  describe.each([
    ["a Buffer", (bytes: Uint8Array) => Buffer.from(bytes), "capture 1"],
    ["bytes", (bytes: Uint8Array) => bytes, "capture 1"],
    ["a stream of Node", (bytes: Uint8Array) => Readable.from([bytes]), "capture 1"],
    ["a stream of the web", (bytes: Uint8Array) => Readable.toWeb(Readable.from([bytes])), "capture 1"],
    ["a Blob", (bytes: Uint8Array) => new Blob([Buffer.from(bytes)]), "capture 1"],
    ["a File", (bytes: Uint8Array) => new File([Buffer.from(bytes)], "form.pcap"), "form.pcap"],
  ] as const satisfies readonly (readonly [string, (bytes: Uint8Array) => CaptureInput, string])[])(
    "given as %s",
    (_kind, from, name) => {
      it.each([
        ["plain", pcapFile(numberedPackets(5))],
        ["packed", gzipSync(pcapFile(numberedPackets(5)))],
      ])("reads one, %s", async (_form, bytes) => {
        const { records, summary } = await readAll(await openCaptures([from(bytes)]));
        expect(records).toHaveLength(5);
        expect(summary).toMatchObject({ file: name, packets: 5 });
      });

      it("reads one beside a file", async () => {
        const file = saved("beside.pcap", pcapFile(numberedPackets(2)));
        const later = from(pcapFile(numberedPackets(3, 60, NOON + 1e6)));
        const { records } = await readAll(await openCaptures([later, file]));
        expect(records.map(({ capture }) => capture)).toEqual([1, 1, 0, 0, 0]);
      });
    },
  );

  it("reads files larger than a chunk", async () => {
    const packets = numberedPackets(3000, 1400);
    const { records } = await readAll(await openCaptures([saved("large.pcap", pcapFile(packets))]));
    expect(records).toHaveLength(3000);
    // Compared by hand: the matchers take seconds for so many bytes.
    expect(
      records.every(({ bytes }, index) => equalBytes(bytes, packets[index]?.bytes ?? bytes.subarray(1))),
    ).toBe(true);
  });

  it("says in plain words that a file is missing", async () => {
    const file = join(folder, "absent.pcap");
    expect((await refusal(file)).message).toBe(`${file}: there is no such file`);
  });

  it("says that a folder is one", async () => {
    const path = join(folder, "a-folder");
    mkdirSync(path);
    expect(await refusal(path)).toMatchObject({
      file: path,
      offset: 0,
      reason: "this is a directory, not a capture",
    });
  });

  it("says that permission is missing", () => {
    // Root may read everything, so the system's error is made here.
    const denied = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    expect(captureErrorOf("secret.pcap", 0, denied)).toMatchObject({
      file: "secret.pcap",
      reason: `permission is missing for the user ${userInfo().username}`,
    });
  });

  it.each([[42], [null], [undefined], [{ name: "trace.pcap" }]])(
    "says of %j, which callers without types hand over, that it is no capture",
    async (input) => {
      const inputs: unknown[] = [pcapFile(numberedPackets(1)), input];
      await expect(openCaptures(inputs as CaptureInput[])).rejects.toMatchObject({
        name: "CaptureError",
        file: "capture 2",
        offset: 0,
        reason: "this is no capture: a path, a Uint8Array, a stream, a File or a Blob can be opened",
      });
    },
  );

  it("refuses all where one cannot be opened", async () => {
    const file = saved("fine.pcap", pcapFile(numberedPackets(1)));
    expect((await refusal(file, join(folder, "absent.pcap"))).file).toContain("absent.pcap");
  });

  it("refuses to read standard input twice", async () => {
    expect((await refusal("-", "-")).reason).toBe("standard input can be read only once");
  });
});

describe("a file that is no capture", () => {
  const cases: readonly (readonly [what: string, bytes: Uint8Array, reason: string])[] = [
    ["empty", new Uint8Array(0), "the file is empty; a capture has a header of at least 4 bytes"],
    [
      "a byte",
      Uint8Array.of(0xd4),
      "the file is only 1 byte long; a capture has a header of at least 4 bytes",
    ],
    ["three bytes", Uint8Array.of(1, 2, 3), "the file is only 3 bytes long; a capture has"],
    ["anything", Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 0), "its first bytes are deadbeef00"],
  ];

  it.each(cases)("%s: is refused at byte 0 with what it seems to be", async (what, bytes, reason) => {
    const file = saved(`no-capture-${what}`, bytes);
    const { records, summary, fault } = await readAll(await openCaptures([file]));
    expect(records).toEqual([]);
    expect(fault).toMatchObject({ file, offset: 0 });
    expect(fault?.reason).toContain(reason);
    expect(summary).toMatchObject({ format: "unknown", packets: 0 });
  });
});
