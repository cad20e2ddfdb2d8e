import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PagePackets } from "../../../src/cli/live/page-packets.js";
import { decodeMessages, type JudgedTunnel } from "../../../src/index.js";
import { ENGLISH } from "../../../src/texts/texts.js";
import type { RecentLimits } from "../../../src/live/recent-frames.js";
import { pageMessage } from "../../../src/report/html/messages.js";
import { PCAPS } from "../../score/truth.js";
import { MemoryBytes } from "../../support/capture/memory-bytes.js";
import { pcapFile } from "../../support/capture/pcap-writer.js";
import { judgeBytes, readerOf } from "../../support/extract.js";
import { remembered } from "../../support/live/remembered.js";

const FAULTS = [
  "port4500-blocked-nat-initiator",
  "wrong-psk-ikev2-responder",
  "no-proposal-ikev2-initiator",
  "ip-fragments-dropped-initiator",
  "host-unreachable-initiator",
  "wrong-psk-ikev1-main-initiator",
];

function recording(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(new URL(`${name}.pcap`, PCAPS)));
}

interface Running {
  readonly packets: PagePackets;
  readonly judged: JudgedTunnel;
  readonly file: Uint8Array;
}

/** A capture that passed a gateway, and its first tunnel as it is judged then. */
async function running(name: string, limits: RecentLimits = {}): Promise<Running> {
  const file = recording(name);
  const recent = await remembered(file, limits);
  const [judged] = (await judgeBytes(file)).tunnels;
  if (judged === undefined) throw new Error("no tunnel");
  return { packets: new PagePackets(recent, "ikescope test"), judged, file };
}

function evidence({ packets, judged }: Running, isAnonymized: boolean): Promise<Uint8Array | null> {
  const { addresses: peers } = judged.tunnel;
  const subject = {
    peers,
    rolesProven: true,
    findings: judged.findings,
    time: judged.tunnel.lastTime,
    interface: "eth0",
  };
  return packets.evidenceOf(subject, peers, isAnonymized);
}

/** Every IKE message of a file: its frames, its bytes in base64, its fields. */
async function messagesOf(file: Uint8Array) {
  const messages: { frames: readonly number[]; bytes: string; fields: unknown }[] = [];
  await decodeMessages(readerOf(file), {
    message: ({ message, bytes, sighting: { frames } }) => {
      const { fields } = pageMessage(message, ENGLISH, bytes);
      messages.push({ frames, bytes: Buffer.from(bytes).toString("base64"), fields });
    },
    malformed: () => undefined,
  });
  return messages;
}

describe("the packets that a page of a running capture is given", () => {
  it.each(FAULTS)(
    "of %s are the bytes of each message, with its fields, by any of its frames",
    async (name) => {
      const { packets, judged, file } = await running(name);
      const messages = await messagesOf(file);
      expect(messages.length).toBeGreaterThan(1);
      for (const { frames, bytes, fields } of messages) {
        for (const frame of frames) {
          expect(await packets.messageOf(judged.tunnel.addresses, frame, ENGLISH)).toMatchObject({
            bytes,
            fields,
          });
        }
      }
    },
  );

  it("are those of a message that its tunnel has no room for any more, as long as the newest bytes hold it", async () => {
    const limits = { tunnels: { frames: 1, bytes: 1, total: 1e6 } };
    const { packets, judged, file } = await running("port4500-blocked-nat-initiator", limits);
    for (const { frames, bytes } of await messagesOf(file)) {
      const [frame = 0] = frames;
      expect(await packets.messageOf(judged.tunnel.addresses, frame, ENGLISH)).toMatchObject({ bytes });
    }
  });

  it("are a frame that is no message, from its first byte, without fields", async () => {
    const { packets, judged, file } = await running("host-unreachable-initiator");
    const [icmp] = judged.tunnel.icmp;
    if (icmp === undefined) throw new Error("no ICMP error");
    const found = packets.frameOf(judged.tunnel.addresses, icmp.frame);
    const source = readerOf(file);
    const { record } = source;
    await source.fill();
    while (record.frame < icmp.frame && source.next());
    const bytes = Buffer.from(record.bytes.subarray(record.start, record.end)).toString("base64");
    expect(found).toEqual({ bytes, fields: [] });
  });

  it("are nothing where they are long overwritten, or never were", async () => {
    const file = recording("port4500-blocked-nat-initiator");
    const recent = await remembered(file, { bytes: 0, tunnels: { frames: 1, bytes: 1, total: 0 } });
    const later = recent.tee(
      new MemoryBytes(pcapFile([{ time: 1e15, bytes: new Uint8Array(200_000) }])),
      1000,
    );
    while ((await later.read()) !== null);
    const packets = new PagePackets(recent, "ikescope test");
    const [judged] = (await judgeBytes(file)).tunnels;
    if (judged === undefined) throw new Error("no tunnel");
    for (const frame of [6, 0, -1, 1e9]) {
      expect(await packets.messageOf(judged.tunnel.addresses, frame, ENGLISH)).toBeNull();
      expect(packets.frameOf(judged.tunnel.addresses, frame)).toBeNull();
    }
    expect(await evidence({ packets, judged, file }, false)).toBeNull();
  });
});

describe("the evidence of a tunnel of a running capture", () => {
  it.each(FAULTS)("of %s is an extract in which ikescope finds the same, anonymized too", async (name) => {
    const run = await running(name);
    const [first] = run.judged.findings;
    for (const isAnonymized of [false, true]) {
      const file = await evidence(run, isAnonymized);
      if (file === null) throw new Error("nothing is remembered");
      const { findings, files } = await judgeBytes(file);
      expect(findings[0]?.code).toBe(first?.code);
      expect(files[0]?.notes.map(({ text }) => text)).toContain("capture: ikescope evidence, ESP thinned");
    }
  });

  it("has the findings beside the frames; anonymized, no text that tells of anybody, and a key of its own", async () => {
    const run = await running("port4500-blocked-nat-initiator");
    const [plain, one, other] = [
      await evidence(run, false),
      await evidence(run, true),
      await evidence(run, true),
    ].map((file) => Buffer.from(file ?? []));
    const { code, headline, evidence: cited } = run.judged.findings[0] ?? {};
    expect(plain?.toString("latin1")).toContain(`frame ${cited?.[0]?.frame}: ${code}: ${cited?.[0]?.text}`);
    expect(plain?.toString("latin1")).toContain(headline);
    expect(one?.toString("latin1")).toContain(`frame ${cited?.[0]?.frame}: ${code}`);
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
    for (const told of ["192.0.2.10", "198.51.100.20", "eth0", headline ?? "", cited?.[0]?.text ?? ""]) {
      expect(one?.includes(told)).toBe(false);
    }
    for (const address of [
      [192, 0, 2, 10],
      [198, 51, 100, 20],
    ]) {
      expect(plain?.includes(Buffer.from(address))).toBe(true);
      expect(one?.includes(Buffer.from(address))).toBe(false);
    }
  });
});
