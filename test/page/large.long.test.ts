import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { CHROMIUM, Pages } from "../support/browser.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { JUDGING_PAGE } from "../support/judging-page.js";
import * as wire from "../support/packet/index.js";
import { itIf } from "../support/require.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");
const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;
const FILE_HEADER = 24;
/** Most that a process of the page may ever have had; reading all of the file at once would take three times as much. */
const MOST_BYTES = 400 * MEBIBYTE;
const PATIENCE_MS = 300_000;

let pages: Pages | null = null;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-large-"));
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => {
  await pages?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a capture of a gibibyte: ESP of one stream, a packet each millisecond. Gives its path and how many packets it has. */
function writeLarge(): { readonly file: string; readonly packets: number } {
  const record = (sequence: number): Uint8Array => {
    const bytes = new Uint8Array(1200).fill(0x5a);
    new DataView(bytes.buffer).setUint32(0, 0xc0ffee01);
    new DataView(bytes.buffer).setUint32(4, sequence);
    const payload = wire.udp({ sourcePort: 4500, destinationPort: 4500, payload: bytes });
    const packet = { time: 1.7e15 + sequence * 1000, bytes: wire.ipv4({ payload }) };
    return pcapFile([packet], { network: 101 });
  };
  const first = record(1);
  const length = first.length - FILE_HEADER;
  const block = new Uint8Array(length * 1000);
  for (let at = 0; at < 1000; at++) block.set(first.subarray(FILE_HEADER), at * length);
  const view = new DataView(block.buffer);
  // Behind the record's header, the IP header and the UDP header stands the SPI.
  const sequenceAt = 16 + 20 + 8 + 4;
  const file = join(folder, "large.pcap");
  const out = openSync(file, "w");
  writeSync(out, first.subarray(0, FILE_HEADER));
  const seconds = Math.ceil(GIBIBYTE / block.length);
  for (let second = 0; second < seconds; second++) {
    for (let at = 0; at < 1000; at++) {
      view.setUint32(at * length, 1.7e9 + second, true);
      view.setUint32(at * length + 4, at * 1000, true);
      view.setUint32(at * length + sequenceAt, second * 1000 + at + 1);
    }
    writeSync(out, block);
  }
  closeSync(out);
  return { file, packets: seconds * 1000 };
}

/** The most memory that any renderer of a browser that we started ever had, bytes. */
function mostOfRenderers(): number {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const read = (id: string, file: string): string => {
    try {
      return readFileSync(`/proc/${id}/${file}`, "latin1");
    } catch {
      return "";
    }
  };
  const number = (id: string, field: string): number =>
    Number(new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(read(id, "status"))?.[1] ?? 0);
  const isOurs = (id: number): boolean =>
    id === process.pid || (id > 1 && isOurs(number(String(id), "PPid")));
  const renderers = processes.filter(
    (id) => read(id, "cmdline").includes("--type=renderer") && isOurs(Number(id)),
  );
  return Math.max(0, ...renderers.map((id) => number(id, "VmHWM") * 1024));
}

describe("a capture of a gibibyte on the page", () => {
  inBrowser(
    "is read to its end in bounded memory",
    async () => {
      if (pages === null) throw new Error("the browser did not start");
      const { file, packets } = writeLarge();
      const opened = await pages.open(JUDGING_PAGE);
      const { page, faults } = opened;
      await page.locator("input[type=file]").setInputFiles(file);
      await page.locator(".top").waitFor({ timeout: PATIENCE_MS });
      expect(await page.locator("main").innerText()).toContain(`${packets} packets`);
      const most = mostOfRenderers();
      expect(most).toBeGreaterThan(20 * MEBIBYTE);
      expect(most).toBeLessThan(MOST_BYTES);
      expect(faults).toEqual([]);
      await opened.close();
    },
    PATIENCE_MS,
  );
});
