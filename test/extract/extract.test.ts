import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { frameNumber } from "../../src/bytes/frame.js";
import { printable } from "../../src/bytes/text.js";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze, type Judgement, selectEvidence, wholeCapture } from "../../src/index.js";
import { evidenceFile } from "../../src/report/evidence/selection.js";
import { pcapFile, type WrittenPacket } from "../support/capture/pcap-writer.js";
import { type ReadCapture, type ReadRecord, readBytes } from "../support/capture/read-all.js";
import { extractFor, extractOf, judgeBytes, readerOf, verdictOf } from "../support/extract.js";
import { ethernet, ipv4, udp, u32, u8 } from "../support/packet/index.js";
import { isInstalled, tsharkFields } from "../support/packet/tshark.js";
import { itIf } from "../support/require.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-extract-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const pcap = (name: string): string => fileURLToPath(new URL(`../../pcaps/${name}.pcap`, import.meta.url));
const UNANSWERED = pcap("port4500-blocked-nat-initiator");
const HEALTHY = pcap("healthy-ikev2-nat-initiator");

function comments({ summary }: ReadCapture): string[] {
  return summary.notes.filter(({ kind }) => kind === "comment").map(({ text }) => text);
}

describe("an extract", () => {
  it("says of each frame which one of the capture it is, and which findings cite it", async () => {
    const { judgement, extract } = await extractOf(() => openCaptures([UNANSWERED]));
    const said = new TextDecoder().decode(extract);
    const cited = judgement.findings.find(({ code }) => code === "natt-4500-unanswered")?.evidence ?? [];
    expect(cited.length).toBeGreaterThan(3);
    for (const { frame, text } of cited) {
      expect(said).toContain(`frame ${frameNumber(frame)}: natt-4500-unanswered: ${text}`);
    }
  });

  it("has the verdict in its own comments", async () => {
    const { extract } = await extractOf(() => openCaptures([UNANSWERED]));
    const [mark, verdict, findings] = comments(await readBytes(extract));
    expect(mark).toBe("capture: ikescope evidence");
    expect(verdict).toMatch(/^capture: FAILING \(likely\) {2}192\.0\.2\.10 -> 198\.51\.100\.20/);
    expect(findings).toBe("capture: Findings: natt-4500-unanswered.");
  });

  it("cuts ESP behind its header and keeps the length that it had", async () => {
    const { extract } = await extractOf(() => openCaptures([HEALTHY]));
    const { records } = await readBytes(extract);
    const esp = records.filter(({ bytes, originalLength }) => bytes.length === 50 && originalLength > 100);
    expect(esp.length).toBeGreaterThanOrEqual(4);
  });

  it("holds one failing tunnel of many, with the message of another one that its finding cites", async () => {
    const talk = scenario();
    talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    for (let number = 1; number <= 40; number++) {
      const other = talk.host(`203.0.113.${number}`);
      const sa = talk.newSa();
      talk.between(other, talk.responder, number).sends(ikeSaInit({ sa }));
      talk.between(talk.responder, other, number + 0.1).sends(ikeSaInitAnswer({ sa }));
      talk.between(other, talk.responder, number + 0.2).sends(ikeAuth({ sa }));
      talk.between(talk.responder, other, number + 0.3).sends(ikeAuthAnswer({ sa }));
    }
    const frames = talk.endsAt(60).frames.toSorted((a, b) => a.time - b.time);
    const file = pcapFile(frames.map(({ time, bytes }) => ({ time: 1e15 + Math.round(time * 1e6), bytes })));
    const { judgement, extract } = await extractOf(async () => readerOf(file));
    expect(judgement.tunnels.length).toBe(41);
    const again = await judgeBytes(extract);
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
    expect(verdictOf(again).tunnels[0]?.findings).toEqual(["critical peer-selectively-silent"]);
    expect(again.tunnels.length).toBeLessThanOrEqual(3);
  });

  it("of a long stream holds both ends and says so; what counts packets is then not judged", async () => {
    const file = pcapFile(espBothWays(500));
    const { extract } = await extractOf(async () => readerOf(file));
    const read = await readBytes(extract);
    expect(read.records.length).toBeLessThan(150);
    expect(comments(read)[0]).toBe("capture: ikescope evidence, ESP thinned");
    expect((await judgeBytes(extract)).status).toBe("healthy");
  });

  it("shows that no filter kept out what is no IP, so that silence goes on to mean something", async () => {
    const { records } = await readBytes(readFileSync(pcap("healthy-ikev1-dpd-responder")));
    // Without ESP (protocol 50 of IPv4), ARP near the end: answered liveness checks alone are the proof.
    const rest = records.slice(0, 60).filter(({ bytes }) => bytes[23] !== 50);
    const isArp = ({ bytes }: ReadRecord): boolean => bytes[12] === 8 && bytes[13] === 6;
    const others = rest.filter((record) => !isArp(record));
    const packets = [...others.slice(0, -4), ...rest.filter(isArp), ...others.slice(-4)].map(
      (record, index) => ({ ...record, time: rest[index]?.time ?? 0 }),
    );
    const { judgement, extract } = await extractOf(async () => readerOf(pcapFile(packets)));
    expect(judgement.status).toBe("healthy");
    const again = await judgeBytes(extract);
    expect(again.observations.notIp).toBeGreaterThan(0);
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
  });

  it("shows so too where frames that are cut before their IP header come first", async () => {
    const { records } = await readBytes(readFileSync(pcap("healthy-ikev1-dpd-responder")));
    const isArp = ({ bytes }: ReadRecord): boolean => bytes[12] === 8 && bytes[13] === 6;
    const ike = records.slice(0, 60).filter((record) => record.bytes[23] !== 50 && !isArp(record));
    const cut = ike.slice(0, 4).map((record) => ({ ...record, bytes: record.bytes.slice(0, 20) }));
    const arp = records.filter(isArp).slice(0, 1);
    const packets = [...cut, ...ike.slice(0, 30), ...arp, ...ike.slice(30)].map((record, index) => ({
      ...record,
      time: (records[0]?.time ?? 0) + index * 1_000_000,
    }));
    const { judgement, extract } = await extractOf(async () => readerOf(pcapFile(packets)));
    expect(judgement.observations.notIp).toBe(1);
    expect((await judgeBytes(extract)).observations.notIp).toBe(1);
  });

  it("says of a clock that was set back what its capture says, though frames between are left out", async () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const [first] = (await readBytes(captureFile(talk))).records;
    if (first === undefined) throw new Error("no frame");
    const other = ethernet({
      payload: ipv4({ payload: udp({ sourcePort: 53, destinationPort: 53, payload: u8(1, 2, 3) }) }),
    });
    const at = (second: number, bytes: Uint8Array): WrittenPacket => ({
      time: first.time + second * 1_000_000,
      bytes,
    });
    // The largest step is that from 55 s to 20 s; from 60 s to 2 s it is two.
    const packets = [
      ...[1, 1.5, 60, 30].map((second) => at(second, other)),
      at(2, first.bytes),
      ...[55, 20, 21].map((second) => at(second, other)),
    ];
    const { judgement, extract } = await extractOf(async () => readerOf(pcapFile(packets)));
    const stepOf = ({ files }: Judgement): number | undefined => files[0]?.stepBack?.by;
    expect(stepOf(judgement)).toBe(35_000_000);
    expect(stepOf(await judgeBytes(extract))).toBe(35_000_000);
  });

  it("shows no message of a tunnel that it does not show, only for being where a clock was set back", async () => {
    const talk = scenario({ initiator: { address: "192.0.2.77" }, responder: { address: "203.0.113.20" } });
    talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    const beside = (await readBytes(captureFile(talk))).records;
    const { records } = await readBytes(readFileSync(HEALTHY));
    const from = records[0]?.time ?? 0;
    const isIke = ({ bytes }: ReadRecord): boolean =>
      bytes[23] === 17 && bytes[36] === 0x01 && bytes[37] === 0xf4;
    const back = records.findIndex(isIke) + 1;
    const packets = [
      ...beside.map((record) => ({ ...record, time: record.time - (beside[0]?.time ?? 0) + from })),
      ...records.map((record, index) => ({ ...record, time: record.time + (index < back ? 62e6 : 60e6) })),
    ];
    const { judgement, extract } = await extractOf(async () => readerOf(pcapFile(packets)));
    const sasOf = ({ tunnels }: Judgement): number[] => tunnels.map(({ tunnel }) => tunnel.ikeSas.length);
    expect(sasOf(judgement)).toEqual([1, 1]);
    const shown = await judgeBytes(extract);
    expect(sasOf(shown).reduce((sum, sas) => sum + sas, 0)).toBe(1);
    expect(verdictOf(shown)).toEqual(verdictOf(judgement));
  });

  it("shows the tunnel that a chosen one becomes behind a NAT device, where they are two", async () => {
    const { records } = await readBytes(readFileSync(pcap("port4500-blocked-nat-router")));
    // Both sides of the router in disorder: the requests before it, then the answer behind it, and its own request last.
    const order = [11, 13, 33, 35, 14, 15, 23, 12];
    const rest = records.filter((_, index) => !order.includes(index + 1));
    const packets = [...rest, ...order.flatMap((frame) => records[frame - 1] ?? [])];
    const file = pcapFile(packets, { network: records[0]?.linkType ?? 1 });
    const judgement = await judgeBytes(file);
    const again = await judgeBytes(await extractFor(judgement, readerOf(file)));
    const clients = ({ tunnels }: Judgement) => tunnels.map(({ tunnel }) => tunnel.addresses[0]);
    expect(clients(judgement)).toEqual(["192.0.2.10", "198.51.100.1"]);
    expect(clients(again)).toEqual(clients(judgement));
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
  });

  it("says that the capture was cut short: the next packet may have been there", async () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).initiator.sends(ikeAuth());
    const file = captureFile(talk);
    const { judgement, extract } = await extractOf(async () => readerOf(file.subarray(0, -20)));
    expect(judgement.findings.map(({ code }) => code)).toContain("capture-cut-short");
    const again = await judgeBytes(extract);
    expect(again.findings.map(({ code }) => code)).not.toContain("capture-filter-blind");
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
  });

  it("keeps more of long streams where a clock was set back, for then the ends alone look like silence", async () => {
    const { records } = await readBytes(readFileSync(pcap("esp-loss-initiator")));
    const day = 86_400_000_000;
    const packets = records.map((record, index) => ({
      ...record,
      time: record.time + (index >= 100 && index < 140 ? day : 0),
    }));
    const { judgement, extract } = await extractOf(async () => readerOf(pcapFile(packets)));
    const again = await judgeBytes(extract);
    const counts = ({ tunnels }: Judgement): number[] =>
      tunnels.flatMap(({ tunnel }) => tunnel.streams.map((stream) => stream.packets));
    expect(Math.max(...counts(judgement))).toBeGreaterThan(100);
    expect(counts(again)).toEqual(counts(judgement));
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
  });

  /** A healthy tunnel, and a request of 192.0.2.77 to this address that nobody answers; the clock is set back at the end. */
  async function withUnanswered(responder: string): Promise<Uint8Array> {
    const { records } = await readBytes(readFileSync(HEALTHY));
    const talk = scenario({ initiator: { address: "192.0.2.77" }, responder: { address: responder } });
    talk.at(0, 4, 11.2).initiator.sends(ikeSaInit());
    const beside = (await readBytes(captureFile(talk))).records;
    const from = records[0]?.time ?? 0;
    const last = records.length - 1;
    return pcapFile([
      ...beside.map((record) => ({ ...record, time: record.time - (beside[0]?.time ?? 0) + from })),
      // The clock is set back before the last packet of ESP.
      ...records.map((record, index) => ({ ...record, time: record.time + (index < last ? 60e6 : 0) })),
    ]);
  }

  it("shows the ESP of another tunnel with the message of it that a finding cites", async () => {
    const file = await withUnanswered("198.51.100.20");
    const { judgement, extract } = await extractOf(async () => readerOf(file));
    const streams = ({ tunnels }: Judgement) =>
      tunnels.flatMap(({ tunnel }) => tunnel.streams.map(({ spi, packets }) => [spi, packets]));
    const shown = await judgeBytes(extract);
    expect(judgement.findings.map(({ code }) => code)).toContain("peer-selectively-silent");
    expect(streams(judgement).length).toBeGreaterThan(0);
    expect(streams(shown)).toEqual(streams(judgement));
    expect(verdictOf(shown)).toEqual(verdictOf(judgement));
  });

  it.each([
    ["in order", false],
    ["the last one first", true],
  ])("holds all fragmented ESP where it holds all of the streams, fragments %s", async (_, isReversed) => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    for (let second = 1; second < 30; second++) {
      talk.at(second).initiator.esp();
      talk.at(second + 0.02).responder.esp();
      talk
        .at(second + 0.3)
        .initiator.esp({ size: 1600, ipFragments: 1440, kept: second % 8 === 0 ? [0, 1] : [0] });
      talk.at(second + 0.5).initiator.esp({ size: 1600, ipFragments: 1440 });
    }
    const { records } = await readBytes(captureFile(talk.endsAt(40)));
    const packets = isReversed ? withLastFragmentFirst(records) : records;
    const { judgement, extract } = await extractOf(async () => readerOf(pcapFile(packets)));
    const fragmented = ({ tunnels }: Judgement): number[] =>
      tunnels.flatMap(({ tunnel }) => tunnel.streams.map((stream) => stream.fragmented));
    expect(fragmented(judgement)).toContain(32);
    const again = await judgeBytes(extract);
    expect(fragmented(again)).toEqual(fragmented(judgement));
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
  });

  it("shows by the first ESP of other peers, cut as it is, that no filter left ESP out", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const other = talk.host("203.0.113.9");
    for (let second = 2; second < 20; second++) {
      talk.clear([second], "responder", "10.2.0.9", "10.1.0.7");
      talk.between(other, talk.initiator, second + 0.5).esp({ spi: 0x79 });
    }
    const { judgement, extract } = await extractOf(async () => readerOf(captureFile(talk)));
    expect(judgement.findings.map(({ code }) => code)).toContain("plaintext-leak");
    const again = await judgeBytes(extract);
    expect(again.observations.espPackets).toBe(0);
    expect(again.observations.nativeEsp).toBeGreaterThan(0);
    expect(verdictOf(again)).toEqual(verdictOf(judgement));
  });

  it("makes no stream of single packets of a tunnel that it does not show", async () => {
    const file = await withUnanswered("203.0.113.20");
    const { judgement, extract } = await extractOf(async () => readerOf(file));
    expect(judgement.tunnels.map(({ status }) => status).toSorted()).toEqual(["failing", "healthy"]);
    const shown = await judgeBytes(extract);
    expect(shown.tunnels.flatMap(({ tunnel }) => tunnel.streams)).toEqual([]);
    expect(verdictOf(shown)).toEqual(verdictOf(judgement));
  });

  it("names the file of a frame where there are several, and keeps their link types apart", async () => {
    const files = [pcap("healthy-ikev2-routed-initiator"), pcap("healthy-ikev2-routed-router")];
    const { judgement } = await analyze(await openCaptures(files));
    const extract = await extractFor(judgement, await openCaptures(files));
    const read = await readBytes(extract);
    expect(read.fault).toBeNull();
    expect(new TextDecoder().decode(extract)).toMatch(/frame \d+ of \S*routed-initiator\.pcap: /);
    expect(new Set(read.summary.linkTypes)).toEqual(
      new Set(judgement.files.flatMap(({ linkTypes }) => linkTypes)),
    );
  });

  it("keeps what a file says of dropped packets", async () => {
    const { judgement } = await analyze(await openCaptures([UNANSWERED]));
    const files = judgement.files.map((file) => ({ ...file, dropped: 12 }));
    const { summary } = await readBytes(
      await extractFor({ ...judgement, files }, await openCaptures([UNANSWERED])),
    );
    expect(summary.dropped).toBe(12);
  });

  it("writes text of the capture so that no terminal is harmed by it", async () => {
    const { judgement } = await analyze(await openCaptures([UNANSWERED]));
    const hostile = { ...judgement, headline: "\u001B[2Jgone\u202E" };
    expect(selectEvidence(hostile).comments.join("")).toBe(
      printable(selectEvidence(hostile).comments.join("")),
    );
  });

  itIf(isInstalled("tshark"), "tshark")(
    "is what tshark reads, frame by frame with its comments",
    async () => {
      const path = join(scratch, "evidence.pcapng");
      const { extract } = await extractOf(() => openCaptures([UNANSWERED]));
      writeFileSync(path, extract);
      const rows = await tsharkFields(path, ["frame.number", "frame.comment"]);
      expect(rows.length).toBe((await readBytes(extract)).records.length);
      expect(rows.every((row) => /^frame \d+: /.test(row["frame.comment"]?.[0] ?? ""))).toBe(true);
    },
  );
});

/** Two fragments of a datagram that come one after the other change places; their times stay in order. */
function withLastFragmentFirst(records: readonly ReadRecord[]): WrittenPacket[] {
  const packets: WrittenPacket[] = records.map(({ time, bytes }) => ({ time, bytes }));
  const isFirst = (bytes: Uint8Array | undefined): boolean => ((bytes?.[20] ?? 0) & 0x20) !== 0;
  const isLast = (bytes: Uint8Array | undefined): boolean => !isFirst(bytes) && (bytes?.[21] ?? 0) > 0;
  for (const [index, { time, bytes }] of packets.entries()) {
    const next = packets[index + 1];
    if (next === undefined || !isFirst(bytes) || !isLast(next.bytes)) continue;
    packets[index] = { time, bytes: next.bytes };
    packets[index + 1] = { time: next.time, bytes };
  }
  return packets;
}

/** ESP in UDP between two peers, a packet of each a second. */
function espBothWays(seconds: number): WrittenPacket[] {
  const packet = (source: string, destination: string, spi: number, sequence: number): Uint8Array =>
    ethernet({
      payload: ipv4({
        source,
        destination,
        payload: udp({
          sourcePort: 4500,
          destinationPort: 4500,
          payload: Uint8Array.from([
            ...u32(spi),
            ...u32(sequence),
            ...u8(...Array.from({ length: 80 }, () => 7)),
          ]),
        }),
      }),
    });
  return Array.from({ length: seconds }, (_, second) => [
    { time: 1e15 + second * 1e6, bytes: packet("192.0.2.1", "198.51.100.2", 0xc0000001, second + 1) },
    { time: 1e15 + second * 1e6 + 3000, bytes: packet("198.51.100.2", "192.0.2.1", 0xc0000002, second + 1) },
  ]).flat();
}

async function allOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  return all;
}

describe("a whole capture", () => {
  it.each([UNANSWERED, pcap("esp-one-way-out-initiator")].map((file) => ({ name: basename(file), file })))(
    "$name is written frame by frame",
    async ({ file }) => {
      const { judgement } = await analyze(await openCaptures([file]));
      const pieces = await allOf(
        wholeCapture(await openCaptures([file]), judgement.files.map(evidenceFile), "ikescope"),
      );
      const frames = ({ records }: ReadCapture): unknown =>
        records.map(({ bytes, time, originalLength, linkType }) => ({
          bytes,
          time,
          originalLength,
          linkType,
        }));
      const whole = await readBytes(Buffer.concat(pieces));
      expect(frames(whole)).toEqual(frames(await readBytes(readFileSync(file))));
      expect(verdictOf(await judgeBytes(Buffer.concat(pieces)))).toEqual(verdictOf(judgement));
    },
  );

  it("keeps how long was recorded, and how much the sniffer dropped", async () => {
    const { records } = await readBytes(readFileSync(UNANSWERED));
    const times = records.map(({ time }) => time);
    const recorded = { from: Math.min(...times) - 5_000_000, until: Math.max(...times) + 60_000_000 };
    const file = {
      name: "capture 1",
      packets: records.length,
      firstTime: null,
      lastTime: null,
      nanosecondTimes: false,
      dropped: 7,
      recorded,
    };
    const pieces = await allOf(wholeCapture(await openCaptures([UNANSWERED]), [file], "ikescope"));
    expect((await readBytes(Buffer.concat(pieces))).summary).toMatchObject({ dropped: 7, recorded });
  });
});
