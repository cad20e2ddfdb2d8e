import { describe, expect, it } from "vitest";
import { readEvidence } from "../../src/evidence/read.js";
import { HostCollector } from "../../src/joint/host.js";
import { HostTable } from "../../src/joint/host-table.js";
import { xfrmPolicy, xfrmStat, xfrmState } from "../support/host/texts.js";

const [ALICE, BOB] = ["192.0.2.10", "198.51.100.20"];

/** A file that shows whose it is. */
function log(own: string, peer: string): string {
  return `05[NET] <site|1> sending packet: from ${own}[500] to ${peer}[500] (464 bytes)\n`;
}

/** A file that shows nobody's address. */
const COUNTERS = xfrmStat({ XfrmInNoStates: 3 });

/** The hosts of files in their order: the names of the files of each. */
async function hostsOf(files: readonly (readonly [name: string | null, file: string, text: string])[]) {
  const table = new HostTable();
  for (const [name, file, text] of files) {
    const collector = new HostCollector();
    const chunks = [new TextEncoder().encode(text)];
    const evidence = await readEvidence(
      { read: () => Promise.resolve(chunks.shift() ?? null) },
      { file, near: 0 },
      collector,
    );
    if (evidence === null) throw new Error("the text was taken for none");
    collector.file(evidence);
    table.add(name, collector);
  }
  return table.records();
}

describe("files of hosts, each read once", () => {
  const namesOf = (records: Awaited<ReturnType<typeof hostsOf>>) =>
    records.map(({ files }) => files.map(({ file }) => file));

  it("belong together by the addresses that they show to be the host's own", async () => {
    const dump = xfrmPolicy({ src: "10.1.0.0/24", dst: "10.2.0.0/24", direction: "out", reqid: 1 });
    const records = await hostsOf([
      [null, "alice.log", log(ALICE, BOB)],
      [null, "bob.log", log(BOB, ALICE)],
      [null, "alice.policies", dump],
    ]);
    expect(namesOf(records)).toEqual([["alice.log", "alice.policies"], ["bob.log"]]);
    expect(records[0]?.policies).toHaveLength(1);
  });

  it("belong to the host that a state counts for: what it sent or received", async () => {
    const records = await hostsOf([
      [null, "alice.log", log(ALICE, BOB)],
      [null, "bob.log", log(BOB, ALICE)],
      [null, "alice.states", xfrmState({ src: BOB, dst: ALICE, spi: 0xc86e2719 })],
      [null, "bob.states", xfrmState({ src: ALICE, dst: BOB, spi: 0xc86e271a, sends: false })],
    ]);
    expect(namesOf(records)).toEqual([
      ["alice.log", "alice.states"],
      ["bob.log", "bob.states"],
    ]);
  });

  it("belong to the host of the file before where they show no address, the first ones to the first host", async () => {
    const records = await hostsOf([
      [null, "one.stat", COUNTERS],
      [null, "alice.log", log(ALICE, BOB)],
      [null, "two.stat", COUNTERS],
      [null, "bob.log", log(BOB, ALICE)],
      [null, "three.stat", COUNTERS],
    ]);
    expect(namesOf(records)).toEqual([
      ["one.stat", "alice.log", "two.stat"],
      ["bob.log", "three.stat"],
    ]);
    expect(records.map(({ counters }) => counters.length)).toEqual([2, 1]);
  });

  it("belong to the host that the user names, and others join it by its addresses", async () => {
    const records = await hostsOf([
      ["gw1", "a", log(ALICE, BOB)],
      [BOB, "b", COUNTERS],
      [null, "c", log(BOB, ALICE)],
      [null, "d", log(ALICE, BOB)],
    ]);
    expect(records.map(({ name }) => name)).toEqual(["gw1", BOB]);
    expect(namesOf(records)).toEqual([
      ["a", "d"],
      ["b", "c"],
    ]);
  });

  it("are one host's where none shows an address", async () => {
    expect(
      namesOf(
        await hostsOf([
          [null, "a", COUNTERS],
          [null, "b", COUNTERS],
        ]),
      ),
    ).toEqual([["a", "b"]]);
  });

  it("keep the newest events of all of them, and count what goes", async () => {
    const many = log(ALICE, BOB).repeat(60_000);
    const [records] = await hostsOf([
      [null, "old.log", many],
      [null, "new.log", many],
    ]);
    expect(records?.events).toHaveLength(50_000);
    expect(records?.events[0]?.event.source).toEqual({ file: "new.log", line: 10_001 });
    expect(records?.leftOut.events).toBe(70_000);
  });
});

describe("dumps of one host at several moments", () => {
  const state = (packets: number) =>
    xfrmState({ spi: 0xc86e2719, packets }).replace("seq 0x3,", `seq 0x${(packets + 1).toString(16)},`);
  const withoutCounts = (packets: number) =>
    state(packets)
      .split("\n")
      .filter((line) => /^src|^\t[a-z]/.test(line) && !/lifetime|stats/.test(line))
      .join("\n");

  it.each([
    ["with -s", state],
    ["without -s", withoutCounts],
  ])("states %s are in the order of their counts, whatever the order of the files", async (_, dump) => {
    for (const order of [
      [3, 9],
      [9, 3],
    ]) {
      const [records] = await hostsOf(order.map((packets) => [null, `${packets}`, dump(packets)]));
      expect(records?.states.map(({ entries }) => entries[0]?.sequence)).toEqual([4, 10]);
    }
  });

  it("counters never fall: the smaller reading is the older one, but not in one file", async () => {
    const [before, after] = [xfrmStat({ XfrmInTmplMismatch: 2 }), xfrmStat({ XfrmInTmplMismatch: 26 })];
    const valuesOf = async (files: Parameters<typeof hostsOf>[0]) =>
      (await hostsOf(files))[0]?.counters.map(({ values }) => values.get("XfrmInTmplMismatch"));
    expect(
      await valuesOf([
        [null, "after", after],
        [null, "before", before],
      ]),
    ).toEqual([2, 26]);
    expect(await valuesOf([[null, "one", after + before]])).toEqual([26, 2]);
  });

  it("policies are in the order of their use, also those that say the same without times", async () => {
    const [old, now] = [1, 2].map((reqid) =>
      xfrmPolicy({ src: "10.1.0.0/24", dst: "10.2.0.0/24", direction: "out", reqid }),
    );
    const used = (text = "", second = 0) =>
      `${text}\tlifetime current:\n\t  0(bytes), 0(packets)\n\t  add 2026-11-28 20:13:41 use 2026-11-28 20:13:4${second}\n`;
    const [records] = await hostsOf([
      [null, "now", now ?? ""],
      [null, "now -s", used(now, 9)],
      [null, "old -s", used(old, 2)],
      [null, "old", old ?? ""],
    ]);
    expect(records?.policies.map(({ entries }) => entries[0]?.template?.reqid)).toEqual([1, 1, 2, 2]);
  });
});
