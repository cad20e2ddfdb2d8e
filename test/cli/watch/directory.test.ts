import { inEnglish } from "../../../src/texts/texts.js";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CaptureDirectory, type Look } from "../../../src/cli/watch/directory.js";
import { SETTLED_AFTER_MS } from "../../../src/cli/watch/completeness.js";
import { pcapFile } from "../../support/capture/pcap-writer.js";
import { readBytes, type ReadRecord } from "../../support/capture/read-all.js";

const CAPTURE = fileURLToPath(new URL("../../../pcaps/esp-loss-initiator.pcap", import.meta.url));
/** Pieces of the capture, each of so many packets. */
const PIECE = 40;

let folder: string;
let records: readonly ReadRecord[];
let said: string[];
let directory: CaptureDirectory;
/** The clock of the test, ms. */
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-watch-"));
  ({ records } = await readBytes(readFileSync(CAPTURE)));
  said = [];
  now = 1_000_000;
  directory = new CaptureDirectory(folder, false, (text) => said.push(inEnglish(text)));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const piece = (number: number, count = PIECE): Uint8Array =>
  pcapFile(records.slice(number * PIECE, number * PIECE + count));

/** Writes a file that was just changed. */
function write(name: string, bytes: Uint8Array): void {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const time = Date.now() / 1000 + 3600;
  utimesSync(path, time, time);
}

/** Looks after some time in which nothing was written, and takes all that is complete. */
async function look(afterMs = 0): Promise<string[]> {
  now += afterMs;
  const { complete }: Look = await directory.look(now);
  for (const { done } of complete) done(PIECE);
  return complete.map(({ path, taken }) => `${basename(path)} from ${taken}`);
}

describe("a watched directory", () => {
  it("gives a file once the next one is there, in the order of their packets", async () => {
    write("z.pcap", piece(0));
    expect(await look()).toEqual([]);
    write("a.pcap", piece(1));
    expect(await look(2000)).toEqual(["z.pcap from 0"]);
    expect(await look(2000)).toEqual([]);
    expect(await look(SETTLED_AFTER_MS)).toEqual(["a.pcap from 0"]);
    expect(await look(SETTLED_AFTER_MS)).toEqual([]);
  });

  it("keeps their order where files were closed and begun while the last ones were read", async () => {
    const write = (name: string, bytes: Uint8Array, ageMs: number): void => {
      writeFileSync(join(folder, name), bytes);
      const time = (Date.now() - ageMs) / 1000;
      utimesSync(join(folder, name), time, time);
    };
    write("a.pcap", piece(0, 5), 0);
    expect(await look()).toEqual([]);
    write("a.pcap", piece(0), 8000);
    write("b.pcap", piece(1), 5000);
    write("c.pcap", piece(2), 0);
    expect(await look(9000)).toEqual(["a.pcap from 0", "b.pcap from 0"]);
  });

  it("knows the files that it has not given yet", async () => {
    const waiting = (): string[] => directory.waiting.map((path) => basename(path));
    write("a.pcap", piece(0));
    write("notes.txt", new Uint8Array());
    await look();
    expect(waiting()).toEqual(["a.pcap"]);
    write("b.pcap", piece(1).subarray(0, -5));
    await look(2000);
    await look(SETTLED_AFTER_MS);
    expect(waiting()).toEqual(["b.pcap"]);
    write("b.pcap", piece(1));
    await look();
    await look(SETTLED_AFTER_MS);
    expect(waiting()).toEqual([]);
  });

  it("does not give a last file whose last record is not whole, until it is", async () => {
    const whole = piece(0);
    write("a.pcap", whole.subarray(0, whole.length - 5));
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual([]);
    expect(await look(SETTLED_AFTER_MS)).toEqual([]);
    write("a.pcap", whole);
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual(["a.pcap from 0"]);
  });

  it("goes on behind what was taken where a file grows again", async () => {
    write("a.pcap", piece(0));
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual(["a.pcap from 0"]);
    write("a.pcap", piece(0, PIECE + 7));
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual([`a.pcap from ${PIECE}`]);
  });

  it("takes a name that is used again for another file", async () => {
    write("trace0", piece(0));
    write("trace1", piece(1));
    await look();
    expect(await look(2000)).toEqual(["trace0 from 0"]);
    write("trace0", piece(2));
    expect(await look()).toEqual(["trace1 from 0"]);
    expect(await look(SETTLED_AFTER_MS)).toEqual(["trace0 from 0"]);
  });

  it("knows a file again that was packed or renamed", async () => {
    write("a.pcap", piece(0));
    write("b.pcap", piece(1));
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual(["a.pcap from 0", "b.pcap from 0"]);
    write("a.pcap.gz", gzipSync(piece(0)));
    unlinkSync(join(folder, "a.pcap"));
    renameSync(join(folder, "b.pcap"), join(folder, "old.pcap"));
    await look();
    // Nothing of them is left to be taken.
    expect(await look(SETTLED_AFTER_MS)).toEqual([`a.pcap.gz from ${PIECE}`, `old.pcap from ${PIECE}`]);
    expect(await look(SETTLED_AFTER_MS)).toEqual([]);
  });

  it("tells of a file that was removed, or written over, before it was read", async () => {
    write("a.pcap", piece(0));
    write("b.pcap", piece(1));
    await look();
    unlinkSync(join(folder, "a.pcap"));
    write("b.pcap", piece(2));
    const { missed } = await directory.look(now);
    expect(missed.map((path) => basename(path)).toSorted()).toEqual(["a.pcap", "b.pcap"]);
  });

  it("names once what is no capture, and reads no folder and no hidden file", async () => {
    write("notes.txt", new TextEncoder().encode("nothing that is a capture, but long enough to tell\n"));
    write(".hidden.pcap", piece(0));
    mkdirSync(join(folder, "deeper"));
    expect(await look(SETTLED_AFTER_MS)).toEqual([]);
    expect(await look(SETTLED_AFTER_MS)).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^not read: .*notes\.txt/)]);
  });

  it("says once that it cannot be read, and goes on when it can", async () => {
    rmSync(folder, { recursive: true });
    expect([await look(), await look()]).toEqual([[], []]);
    expect(said).toEqual([expect.stringContaining("cannot be read, and is looked at again")]);
    mkdirSync(folder);
    write("a.pcap", piece(0));
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual(["a.pcap from 0"]);
  });

  it("passes over what is complete at the first look where it is told to", async () => {
    write("a.pcap", piece(0));
    const old = Date.now() / 1000 - 3600;
    utimesSync(join(folder, "a.pcap"), old, old);
    directory = new CaptureDirectory(folder, true, (text) => said.push(inEnglish(text)));
    expect(await look()).toEqual([]);
    write("b.pcap", piece(1));
    await look();
    expect(await look(SETTLED_AFTER_MS)).toEqual(["b.pcap from 0"]);
  });
});
