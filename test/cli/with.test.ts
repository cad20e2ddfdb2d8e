import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { ikescope } from "../support/command.js";
import { charonLogOf } from "../support/host/beside.js";
import { xfrmState } from "../support/host/texts.js";
import { scenario, setsUp, setsUpBetween, STORY_BEGINS, traffic } from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const scratch = mkdtempSync(join(tmpdir(), "ikescope-with-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function written(name: string, content: string | Uint8Array): string {
  const file = join(scratch, name);
  writeFileSync(file, content);
  return file;
}

let capture: string;
let log: string;
beforeAll(() => {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  traffic(talk, 1, 5);
  setsUpBetween(talk, talk.host("203.0.113.9"), talk.responder, { from: 2, sa: talk.newSa() });
  const packets = talk.frames.map(({ time, bytes }) => ({ time: STORY_BEGINS + time * 1e6, bytes }));
  capture = written("trace.pcap", pcapFile(packets.toSorted((a, b) => a.time - b.time)));
  const also = [-400, 0.12, 400].map(
    (at) => [at, `05[IKE] <site|1> received UNKNOWN_${at < 0 ? "A" : "B"} notify`] as const,
  );
  log = written("alice.log", charonLogOf(talk, ALICE, { also }));
});

describe("a log or dump given as a capture", () => {
  it("is told as what it is: each such file needs its own --with", async () => {
    const other = written("bob.log", charonLogOf(healthy(), "198.51.100.20"));
    const { code, stderr } = await ikescope([capture, "--with", log, other]);
    expect(code).toBe(2);
    expect(stderr).toContain(`bob.log is a log or dump of a host, not a capture`);
    expect(stderr).toContain(`--with ${other}`);
  });

  it("is no packet for its keys in hexadecimal", async () => {
    const dump = written("state.txt", xfrmState({ spi: 0xc86e2719 }));
    const { code, stderr } = await ikescope([dump]);
    expect(code).toBe(2);
    expect(stderr).toContain("is a log or dump of a host");
  });
});

function healthy() {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  return talk;
}

describe("--with a text of which nothing is recognised", () => {
  it("judges the capture all the same, and exits with 2", async () => {
    const text = written("notes.txt", "call them on Monday\n");
    const { code, stdout, stderr } = await ikescope([capture, "--with", text]);
    expect(stdout).toMatch(/^UP|^HEALTHY/);
    expect(stderr).toContain("--with: nothing recognised in");
    expect(code).toBe(2);
  });

  it("is refused where there is no capture", async () => {
    const { code, stdout } = await ikescope(["--with", written("notes.txt", "call them on Monday\n")]);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("a folder of captures and logs", () => {
  it("says of a log that --with reads it, unless that is given", async () => {
    const folder = join(scratch, "ticket");
    mkdirSync(folder);
    copyFileSync(capture, join(folder, "trace.pcap"));
    const beside = join(folder, "alice.log");
    copyFileSync(log, beside);
    writeFileSync(join(folder, "notes.txt"), "call them on Monday\n");
    const { stderr } = await ikescope([folder]);
    expect(stderr).toContain(
      `${beside} is a log or dump of a host, not a capture: --with ${beside} reads it`,
    );
    expect(stderr).toMatch(/not read: .*notes\.txt: /);
    const given = await ikescope([folder, "--with", beside]);
    expect(given.stderr).not.toContain(`${beside} is a log`);
  });
});

describe("timeline", () => {
  it("shows of a log what is of the time of the capture, and all of it when asked", async () => {
    const near = await ikescope(["timeline", capture, "--with", log]);
    expect(near.stdout).toContain("UNKNOWN_B");
    expect(near.stdout).not.toContain("UNKNOWN_A");
    expect(near.stderr).toContain("2 lines of logs are of another time");
    const all = await ikescope(["timeline", capture, "--with", log, "--all"]);
    expect(all.stdout).toContain("UNKNOWN_A");
    expect(all.stderr).toBe("");
  });

  it("shows one tunnel, with the lines that are about it", async () => {
    const { stdout } = await ikescope(["timeline", capture, "--with", log, "--tunnel", "2"]);
    expect(stdout).toContain("203.0.113.9 -> 198.51.100.20");
    expect(stdout).not.toContain(ALICE + " -> ");
    expect(stdout).not.toContain("UNKNOWN_B");
    const first = await ikescope(["timeline", capture, "--with", log, "--tunnel", "1"]);
    expect(first.stdout).toContain("UNKNOWN_B");
    expect(first.stdout).not.toContain("203.0.113.9");
    const none = await ikescope(["timeline", capture, "--tunnel", "9"]);
    expect(none.code).toBe(2);
  });
});
