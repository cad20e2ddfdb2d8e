import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { printable } from "../../src/bytes/text.js";
import { CaptureReader } from "../../src/capture/reader.js";
import type { Finding } from "../../src/diagnosis/finding.js";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import { type EvidenceSubject, liveEvidence } from "../../src/extract/live/evidence.js";
import { type GatheredFrame, Gathering } from "../../src/extract/live/gathering.js";
import { keysBetween } from "../../src/extract/live/frame-keeper.js";
import { RecentFrames } from "../../src/live/recent-frames.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { concatenated, pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { readBytes } from "../support/capture/read-all.js";
import { judgeBytes } from "../support/extract.js";
import { NOW, someFinding, TUNNEL } from "../support/live/events.js";
import { remembered } from "../support/live/remembered.js";
import { concat, ethernet, ipv4, u32 } from "../support/packet/index.js";
import { isInstalled, tsharkFields } from "../support/packet/tshark.js";
import { itIf } from "../support/require.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-live-evidence-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function recording(name: string): Uint8Array {
  const path = fileURLToPath(new URL(`../../pcaps/${name}.pcap`, import.meta.url));
  return Uint8Array.from(readFileSync(path));
}

function gathered(recent: RecentFrames, { tunnel, finding }: EvidenceSubject): GatheredFrame[] {
  const addresses = tunnel?.peers ?? [];
  const gathering = new Gathering(recent, {
    tunnels: keysBetween(addresses),
    addresses,
    cited: finding.evidence.map(({ frame }) => frame),
  });
  gathering.begin();
  while (gathering.step(7));
  return gathering.frames();
}

function worst({ findings, tunnels }: Judgement): EvidenceSubject {
  const finding = findings[0];
  if (finding === undefined) throw new Error("no finding");
  const judged = tunnels.find(({ tunnel: { id } }) => id === finding.tunnel)?.tunnel;
  const tunnel = judged === undefined ? null : { id: judged.id, peers: judged.addresses, rolesProven: true };
  return { finding, tunnel, raisedAt: NOW, interface: "eth0" };
}

function written(frames: readonly GatheredFrame[], subject: EvidenceSubject): Uint8Array {
  return concatenated([...liveEvidence(frames, subject, "ikescope test")]);
}

function comments(notes: readonly { readonly kind: string; readonly text: string }[]): string[] {
  return notes.filter(({ kind }) => kind === "comment").map(({ text }) => text);
}

/** ESP: two of three packets between the peers of TUNNEL, in turns, and one with another one. */
function espPackets(count: number): WrittenPacket[] {
  const [a, b, c] = ["192.0.2.10", "198.51.100.20", "203.0.113.9"];
  const body = new Uint8Array(80).fill(0xa5);
  const esp = (source: string, destination: string, sequence: number): Uint8Array => {
    const payload = concat(u32(0xc0000001), u32(sequence), body);
    return ethernet({ payload: ipv4({ source, destination, protocol: 50, payload }) });
  };
  return Array.from({ length: count }, (_, index) => ({
    time: 1e15 + index * 1000,
    bytes: index % 3 === 2 ? esp(a, c, index) : index % 2 === 0 ? esp(a, b, index) : esp(b, a, index),
  }));
}

const FAULTS = [
  "port4500-blocked-nat-initiator",
  "wrong-psk-ikev2-responder",
  "no-proposal-ikev2-initiator",
  "ip-fragments-dropped-initiator",
  "host-unreachable-initiator",
  "wrong-psk-ikev1-main-initiator",
];

describe("the evidence of a live finding", () => {
  it.each(FAULTS)("of %s is an extract, and ikescope finds the same in it", async (name) => {
    const file = recording(name);
    const judgement = await judgeBytes(file);
    const subject = worst(judgement);
    const evidence = written(gathered(await remembered(file), subject), subject);
    const { summary, fault } = await readBytes(evidence);
    expect(fault).toBeNull();
    expect(comments(summary.notes)[0]).toBe("capture: ikescope evidence, ESP thinned");
    const again = await judgeBytes(evidence);
    expect(again.status).toBe(judgement.status);
    expect(again.findings[0]?.code).toBe(subject.finding.code);
  });

  it("has every frame that the finding cites, with the words of the finding", async () => {
    const file = recording("port4500-blocked-nat-initiator");
    const subject = worst(await judgeBytes(file));
    const text = new TextDecoder().decode(written(gathered(await remembered(file), subject), subject));
    expect(subject.finding.evidence.length).toBeGreaterThan(3);
    for (const { frame, text: said } of subject.finding.evidence) {
      expect(text).toContain(`frame ${frame}: natt-4500-unanswered: ${said}`);
    }
    expect(text).toContain("RAISED critical natt-4500-unanswered");
    expect(text).not.toContain("no longer remembered");
  });

  it("has frames with the numbers of the live capture, beyond 2^32 too", async () => {
    const file = recording("port4500-blocked-nat-initiator");
    const before = 2 ** 32;
    const subject = worst(await judgeBytes(file));
    const finding = {
      ...subject.finding,
      evidence: subject.finding.evidence.map((item) => ({ ...item, frame: item.frame + before })),
    };
    const moved = { ...subject, finding };
    const text = new TextDecoder().decode(
      written(gathered(await remembered(file, {}, before), moved), moved),
    );
    for (const { frame, text: said } of finding.evidence) {
      expect(frame).toBeGreaterThan(before);
      expect(text).toContain(`frame ${frame}: natt-4500-unanswered: ${said}`);
    }
  });

  it.each([
    ["host-unreachable-initiator", "icmp"],
    ["ip-fragments-dropped-initiator", "fragment"],
  ])(
    "of %s has what it cites also when the bytes of the capture are long overwritten",
    async (name, kind) => {
      const file = recording(name);
      const subject = worst(await judgeBytes(file));
      const recent = await remembered(file, { bytes: 0 });
      const frames = file.length;
      const later = recent.tee(
        new MemoryBytes(pcapFile([{ time: 1e15, bytes: new Uint8Array(200_000) }])),
        frames,
      );
      while ((await later.read()) !== null);
      const kept = gathered(recent, subject);
      expect(kept.some((frame) => frame.kind === kind)).toBe(true);
      const there = kept.map(({ frame }) => frame);
      expect(there).toEqual(expect.arrayContaining(subject.finding.evidence.map(({ frame }) => frame)));
    },
  );

  it("names what is cited and no longer there", async () => {
    const subject = { ...worst(await judgeBytes(recording("port4500-blocked-nat-initiator"))) };
    const text = new TextDecoder().decode(written([], subject));
    const [first] = subject.finding.evidence;
    expect(text).toContain(`Cited, and no longer remembered: frame ${first?.frame} (`);
  });

  it("holds ESP between the peers, cut behind its header, the newest of it, and of others only the newest frame", async () => {
    const packets = espPackets(9000);
    const recent = await remembered(pcapFile(packets));
    const subject = {
      finding: someFinding({ evidence: [{ frame: 1, time: 1e15, nanos: 0, text: "the first packet" }] }),
      tunnel: TUNNEL,
      raisedAt: NOW,
      interface: "eth0",
    };
    const frames = gathered(recent, subject);
    const { records } = await readBytes(written(frames, subject));
    expect(recent.usage.bytes).toBe(0);
    expect(frames[0]?.frame).toBe(1);
    expect(frames.filter(({ kind }) => kind === "esp").length).toBe(2001);
    expect(frames.at(-1)).toMatchObject({ frame: 9000, kind: "landmark" });
    expect(frames.slice(0, -1).some(({ frame }) => frame % 3 === 0)).toBe(false);
    expect(records.every(({ originalLength }) => originalLength === 122)).toBe(true);
    expect(records.slice(0, -1).every(({ bytes }) => bytes.length === 42)).toBe(true);
    // Of the frame that only proves when the capture ran the sequence number goes.
    expect(records.at(-1)?.bytes.length).toBe(38);
  });

  it("keeps what came before, however much comes after", async () => {
    const file = pcapFile(espPackets(15_000));
    const recent = new RecentFrames();
    const bytes = recent.tee(new MemoryBytes(file, [file.length / 3, file.length]), 0);
    const gathering = new Gathering(recent, { tunnels: [], addresses: TUNNEL.peers, cited: [] });
    while ((await bytes.read()) !== null) {
      gathering.begin();
      while (gathering.step(1000));
    }
    const esp = gathering.frames().filter(({ kind }) => kind === "esp");
    const before = esp.filter(({ frame }) => frame <= 5000);
    expect(before.length).toBeGreaterThan(1990);
    expect(esp.length).toBe(3000);
    // Without a gap between the two.
    expect(esp.every(({ frame }, index) => index === 0 || frame - (esp[index - 1]?.frame ?? 0) <= 2)).toBe(
      true,
    );
  });

  it("adds in a second pass what came since the first, and nothing twice", async () => {
    const file = recording("port4500-blocked-nat-initiator");
    const judgement = await judgeBytes(file);
    const subject = worst(judgement);
    const recent = new RecentFrames();
    const source = new CaptureReader(recent.tee(new MemoryBytes(file, [1000]), 0));
    const { peers } = subject.tunnel ?? TUNNEL;
    const gathering = new Gathering(recent, { tunnels: [], addresses: peers, cited: [] });
    const passes: number[] = [];
    do {
      while (source.next());
      gathering.begin();
      while (gathering.step(3));
      passes.push(gathering.frames().length);
    } while (await source.fill());
    const frames = gathering.frames().map(({ frame }) => frame);
    expect(passes.length).toBeGreaterThan(3);
    expect(new Set(frames).size).toBe(frames.length);
    const whole = new Gathering(recent, { tunnels: [], addresses: peers, cited: [] });
    whole.begin();
    while (whole.step(1000));
    expect(frames).toEqual(whole.frames().map(({ frame }) => frame));
  });

  it("harms no terminal with what a packet brought", async () => {
    const hostile = "\u001B[2J\u202Egone\n";
    const finding: Finding = someFinding({
      headline: hostile,
      summary: hostile,
      evidence: [{ frame: 1, time: NOW, nanos: 0, text: hostile }],
    });
    const recent = await remembered(recording("port4500-blocked-nat-initiator"));
    const subject = { finding, tunnel: TUNNEL, raisedAt: NOW, interface: hostile };
    const { summary } = await readBytes(written(gathered(recent, subject), subject));
    const said = comments(summary.notes);
    expect(said.length).toBeGreaterThan(3);
    for (const comment of said) expect(comment).toBe(printable(comment));
  });

  it("comes about whatever bytes are captured", async () => {
    let state = 1;
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const { records } = await readBytes(recording("host-unreachable-initiator"));
    const noise = records.flatMap(({ time, bytes }) =>
      Array.from({ length: 200 }, () => {
        const damaged = bytes.slice(0, random(2) === 0 ? bytes.length : random(bytes.length + 1));
        for (let change = random(8); change > 0 && damaged.length > 0; change--) {
          damaged[random(damaged.length)] = random(256);
        }
        return { time, bytes: damaged };
      }),
    );
    for (const network of [1, 101, 113, 276]) {
      const recent = await remembered(pcapFile(noise, { network }));
      const subject = { finding: someFinding(), tunnel: TUNNEL, raisedAt: NOW, interface: "any" };
      const { records: there, fault } = await readBytes(written(gathered(recent, subject), subject));
      expect(fault).toBeNull();
      expect(there.length).toBeGreaterThan(0);
    }
  });

  itIf(isInstalled("tshark"), "tshark")("is what tshark reads, with the comments of its frames", async () => {
    const file = recording("port4500-blocked-nat-initiator");
    const subject = worst(await judgeBytes(file));
    const frames = gathered(await remembered(file), subject);
    const path = join(scratch, "evidence.pcapng");
    writeFileSync(path, written(frames, subject));
    const rows = await tsharkFields(path, ["frame.comment"]);
    expect(rows.length).toBe(frames.length);
    for (const [index, row] of rows.entries()) {
      expect(row["frame.comment"]?.join(",")).toMatch(new RegExp(`^frame ${frames[index]?.frame}: `));
    }
  });
});
