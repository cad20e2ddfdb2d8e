import { describe, expect, it } from "vitest";
import { withMissingFiles } from "../../src/capture/missing-files.js";
import type { CaptureSummary } from "../../src/capture/source.js";
import { SummaryBuilder } from "../../src/capture/summary.js";
import { NOON } from "../support/capture/packets.js";

const MINUTE = 60_000_000;

/** A file of packets from one minute to another, behind noon. */
function file(name: string, from: number, until: number): CaptureSummary {
  const summary = new SummaryBuilder().build(name, false);
  return { ...summary, packets: 2, firstTime: NOON + from * MINUTE, lastTime: NOON + until * MINUTE };
}

/** Files that fill one minute after the other, by their names; an empty name stands for a file that is missing. */
function minutes(...names: readonly string[]): CaptureSummary[] {
  return names.flatMap((name, minute) => (name === "" ? [] : [file(name, minute, minute + 0.999)]));
}

/** What is said of each file, in the order of the files. */
function said(files: readonly CaptureSummary[]): (string | null)[] {
  return withMissingFiles(files).map(
    ({ notes }) => notes.find(({ kind }) => kind === "file-missing")?.text ?? null,
  );
}

describe("a file that is missing in the middle of a rotation", () => {
  it.each([
    ["tcpdump -C", ["t.pcap", "t.pcap1", "", "t.pcap3"]],
    ["tcpdump -C -W", ["t.pcap00", "t.pcap01", "", "t.pcap03"]],
    ["a ring that begins anywhere", ["t08", "t09", "t00", "t01", "", "t03"]],
    [
      "dumpcap",
      ["r_00001_20240501120000.pcapng", "r_00002_20240501120100.pcapng", "", "r_00004_20240501120300.pcapng"],
    ],
    [
      "an hour in the name",
      [
        "gw-2024-05-01-21.pcap",
        "gw-2024-05-01-22.pcap",
        "",
        "gw-2024-05-02-00.pcap",
        "gw-2024-05-02-01.pcap",
        "",
        "gw-2024-05-02-03.pcap",
      ],
    ],
  ])("is told by its number, of the file behind it: %s", (_what, names) => {
    const files = minutes(...names);
    const notes = said(files);
    expect(notes.at(-1)).toMatch(
      /^nothing is known of the 60\.1 s before this file: the file of number \d+ is not among these$/,
    );
    expect(notes.slice(0, -1).every((note) => note === null)).toBe(true);
  });

  it("is told with its number, and several with theirs", () => {
    expect(said(minutes("t1", "t2", "", "t4"))[2]).toContain("number 3 ");
    expect(said(minutes("t1", "t2", "t3", "", "", "", "t7"))[3]).toContain("numbers 4 to 6 ");
  });

  it("is told by the duration where names hold times", () => {
    const names = ["t-120000", "t-120100", "t-120200", "", "t-120400", "t-120500"].map(
      (name) => name && `${name}.pcap`,
    );
    const notes = said(minutes(...names));
    expect(notes[3]).toBe(
      "nothing is known of the 60.1 s before this file: the other files follow one another every 60.0 s, so one or more seem to be missing",
    );
    expect(notes.filter((note) => note !== null)).toHaveLength(1);
  });
});

describe("nothing is said to be missing", () => {
  it.each([
    ["none is", minutes("t1", "t2", "t3", "t4")],
    ["at the ends of what was given", minutes("t5", "t6", "t7")],
    ["a ring goes on at its beginning", minutes("t08", "t09", "t00", "t01")],
    ["minutes end at 59", minutes("t1258", "t1259", "t1300", "t1301")],
    ["seconds of a day, a file an hour", minutes("t-105959", "t-115959", "t-125959", "t-135959")],
    ["two files alone", minutes("t1", "", "t3")],
    [
      "the number's file holds no packet",
      [
        ...minutes("t1", "t2", "", "t4"),
        { ...file("t3", 2, 3), packets: 0, firstTime: null, lastTime: null },
      ],
    ],
    [
      "files of one duration with pauses in them",
      [0, 1, 2, 4, 5].map((at) => file(`t-12${at}000`, at, at + 0.3)),
    ],
    ["files of any length", [0, 1, 4, 5, 11].map((at) => file(`t-12${at}000`, at, at + 0.9))],
  ])("where %s", (_what, files) => {
    expect(said(files).every((note) => note === null)).toBe(true);
  });
});
