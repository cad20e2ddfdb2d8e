import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { captureFilter } from "../../src/capture/filter.js";
import { itIf } from "../support/require.js";

const HAS_TCPDUMP = spawnSync("tcpdump", ["--version"]).status === 0;
const HOSTS = ["192.0.2.1", "2001:db8::1"];

/** Whether libpcap takes the filter for a link type. */
function compiles(linkType: string, filter: string): boolean {
  return spawnSync("tcpdump", ["-y", linkType, "-d", filter]).status === 0;
}

/** Frames are Ethernet; which of them a filter keeps, by their index. */
function kept(filter: string, frames: readonly string[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), "ikescope-filter-"));
  try {
    const file = join(folder, "frames.pcap");
    const header = Buffer.from("d4c3b2a1020004000000000000000000ffff000001000000", "hex");
    const records = frames.map((hex, index) => {
      const bytes = Buffer.from(hex.replaceAll(/\s/g, ""), "hex");
      const record = Buffer.alloc(16);
      record.writeUInt32LE(index, 0);
      record.writeUInt32LE(bytes.length, 8);
      record.writeUInt32LE(bytes.length, 12);
      return Buffer.concat([record, bytes]);
    });
    writeFileSync(file, Buffer.concat([header, ...records]));
    const { stdout } = spawnSync("tcpdump", ["-r", file, "-n", "-tt", filter], { encoding: "utf8" });
    return stdout.split("\n").flatMap((line) => (/^\d+\./.test(line) ? [Number.parseInt(line, 10)] : []));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const MACS = "020000000001 020000000002";
const IKE = "45000024 00010000 40110000 c0000201 c6336402 01f401f4 00100000 0000000000000000";
const OTHER_IKE = IKE.replace("c0000201", "c0000209");
const DNS = IKE.replace("01f401f4", "00350035");
/** A router (203.0.113.9) tells 198.51.100.2 about a packet to 192.0.2.1. */
const UNREACHABLE =
  "45000038 00010000 40010000 cb007109 c6336402 03010000 00000000 " +
  "45000024 00010000 40110000 c6336402 c0000201 01f401f4 00100000";

describe("the filter of a live capture", () => {
  itIf(HAS_TCPDUMP, "tcpdump is not installed")("is taken by libpcap on every link type", () => {
    for (const hosts of [[], HOSTS]) {
      for (const linkType of ["EN10MB", "LINUX_SLL", "LINUX_SLL2", "RAW", "PPP"]) {
        expect(compiles(linkType, captureFilter({ hosts, tagged: false })), linkType).toBe(true);
      }
      expect(compiles("EN10MB", captureFilter({ hosts, tagged: true }))).toBe(true);
    }
  });

  itIf(HAS_TCPDUMP, "tcpdump is not installed")("keeps IKE also below a VLAN tag, and no DNS", () => {
    const frames = [IKE, DNS].flatMap((packet) => [
      `${MACS} 0800 ${packet}`,
      `${MACS} 8100 0007 0800 ${packet}`,
    ]);
    expect(kept(captureFilter({ hosts: [], tagged: true }), frames)).toEqual([0, 1]);
    expect(kept(captureFilter({ hosts: [], tagged: false }), frames)).toEqual([0]);
  });

  itIf(HAS_TCPDUMP, "tcpdump is not installed")(
    "keeps of a host also what a router says to the other end about it",
    () => {
      const frames = [IKE, OTHER_IKE, UNREACHABLE].flatMap((packet) => [
        `${MACS} 0800 ${packet}`,
        `${MACS} 8100 0007 0800 ${packet}`,
      ]);
      expect(kept(captureFilter({ hosts: ["192.0.2.1"], tagged: true }), frames)).toEqual([0, 1, 4, 5]);
      expect(kept(captureFilter({ hosts: ["192.0.2.77"], tagged: true }), frames)).toEqual([]);
      expect(kept(captureFilter({ hosts: ["192.0.2.77", "192.0.2.9"], tagged: false }), frames)).toEqual([2]);
    },
  );

  it("lets nothing in that is no address", () => {
    for (const host of ["example.com", "192.0.2.1 or tcp", "", "192.0.2.0/24"]) {
      expect(() => captureFilter({ hosts: [host], tagged: false })).toThrow(TypeError);
    }
  });
});
