import { describe, expect, it } from "vitest";
import { readEvidence } from "../../src/evidence/read.js";
import { HostCollector } from "../../src/joint/host.js";
import { HostTable } from "../../src/joint/host-table.js";
import { xfrmPolicy, xfrmStat } from "../support/host/texts.js";

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
