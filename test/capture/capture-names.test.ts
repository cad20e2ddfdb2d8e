import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captureNames } from "../../src/capture/node/capture-names.js";
import { CaptureError } from "../../src/capture/source.js";
import { NOON, numberedPackets } from "../support/capture/packets.js";
import { pcapFile } from "../support/capture/pcap-writer.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-names-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A capture whose first packet comes so many seconds after noon; without packets where null. */
function capture(name: string, seconds: number | null, bytes?: Uint8Array): string {
  const file = join(folder, name);
  const packets = seconds === null ? [] : numberedPackets(2, 60, NOON + seconds * 1e6);
  writeFileSync(file, bytes ?? (name.endsWith(".gz") ? gzipSync(pcapFile(packets)) : pcapFile(packets)));
  return file;
}

async function named(...names: readonly string[]): Promise<string[]> {
  const { files } = await captureNames(names);
  return files.map((file) => file.replace(`${folder}/`, ""));
}

async function refusal(...names: readonly string[]): Promise<CaptureError> {
  const error = await captureNames(names).catch((thrown: unknown) => thrown);
  if (error instanceof CaptureError) return error;
  throw new Error("was accepted");
}

describe("the captures of a folder", () => {
  it("come in the order of their first packets: a ring of tcpdump -C -W begins anywhere", async () => {
    capture("trace.pcap0", 300);
    capture("trace.pcap1", 100);
    capture("trace.pcap2.gz", 200);
    capture("trace.pcap10", 400);
    expect(await named(folder)).toEqual(["trace.pcap1", "trace.pcap2.gz", "trace.pcap0", "trace.pcap10"]);
  });

  it("without a packet come last, by the number in their names", async () => {
    for (const number of [10, 9, 2]) capture(`trace.pcap${number}`, null);
    capture("trace.pcap11", 5);
    expect(await named(folder)).toEqual(["trace.pcap11", "trace.pcap2", "trace.pcap9", "trace.pcap10"]);
  });

  it("leave out what is no capture, and say of each why", async () => {
    capture("a.pcap", 1);
    capture("empty.pcap", null, new Uint8Array(0));
    capture("notes.txt", null, Buffer.from("see ticket 7\n"));
    capture(".hidden.pcap", 2);
    mkdirSync(join(folder, "older"));
    const { files, passedOver } = await captureNames([folder]);
    expect(files).toEqual([join(folder, "a.pcap")]);
    expect(passedOver.map(({ file }) => file)).toEqual([
      join(folder, "empty.pcap"),
      join(folder, "notes.txt"),
    ]);
    expect(passedOver.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("the file is empty"),
      expect.stringContaining("text without the bytes of packets"),
    ]);
  });

  it("that are damaged further on are captures", async () => {
    capture("a.pcap", 1);
    const bytes = pcapFile(numberedPackets(3, 60, NOON + 9e6));
    new DataView(bytes.buffer).setUint32(24 + 76 + 8, 0xffff_ffff, true);
    capture("b.pcap", null, bytes);
    expect(await named(folder)).toEqual(["a.pcap", "b.pcap"]);
  });

  it("must be there", async () => {
    expect((await refusal(folder)).reason).toBe("there is no file in it, or none that matches");
    capture("notes.txt", null, Buffer.from("see ticket 7\n"));
    expect((await refusal(folder)).reason).toContain("no capture among 1 file; the first: ");
  });
});

describe("names", () => {
  it("with a pattern that no shell resolved stand for what matches", async () => {
    capture("trace-2.pcap", 1);
    capture("trace-1.pcap", 2);
    capture("other.pcap", 3);
    expect(await named(join(folder, "trace-?.pcap"))).toEqual(["trace-2.pcap", "trace-1.pcap"]);
    expect(await named(join(folder, "*.pcap"))).toHaveLength(3);
    expect((await refusal(join(folder, "*.cap"))).reason).toContain("none that matches");
  });

  it("of files that are there are no patterns", async () => {
    capture("a*.pcap", 1);
    capture("ab.pcap", 2);
    expect(await named(join(folder, "a*.pcap"))).toEqual(["a*.pcap"]);
  });

  it("of one rotation, as a shell sorts them, come in its order", async () => {
    const files = [1, 10, 2].map((number) => capture(`trace.pcap${number}`, number));
    expect(await named(...files)).toEqual(["trace.pcap1", "trace.pcap2", "trace.pcap10"]);
  });

  it("of several places keep their order: a report numbers them", async () => {
    const files = [capture("responder.pcap", 1), capture("initiator.pcap", 0), capture("nat.pcap", 2)];
    expect(await named(...files)).toEqual(["responder.pcap", "initiator.pcap", "nat.pcap"]);
  });

  it("that cannot be found are left to whoever opens them, and - to standard input", async () => {
    expect(await named("-", join(folder, "absent.pcap"))).toEqual(["-", "absent.pcap"]);
  });

  it("given twice count once if a folder brings them", async () => {
    const file = capture("a.pcap", 1);
    expect(await named(folder, file)).toEqual(["a.pcap"]);
  });
});

describe("a capture that is given twice", () => {
  it("is read once, under one name or two, and that is said", async () => {
    const file = capture("a.pcap", 1);
    const copy = capture("copy of a.pcap", 1);
    capture("b.pcap", 2);
    const { files, passedOver } = await captureNames([file, file, copy, join(folder, "b.pcap")]);
    expect(files).toEqual([file, join(folder, "b.pcap")]);
    expect(passedOver.map(({ reason }) => reason)).toEqual([
      "the same file was given twice; it is read once",
      `the same capture as ${file}, byte for byte; that one is read`,
    ]);
    expect(await named(folder)).toEqual(["a.pcap", "b.pcap"]);
  });

  it("is none where only the length is the same, or both are empty, or it is a pipe", async () => {
    capture("a.pcap", 1);
    capture("b.pcap", 2);
    capture("none.pcap", null);
    capture("nothing.pcap", null);
    expect(await named(folder)).toEqual(["a.pcap", "b.pcap", "none.pcap", "nothing.pcap"]);
    expect(await named("/dev/null", "/dev/null")).toEqual(["/dev/null", "/dev/null"]);
  });
});
