import { describe, expect, it } from "vitest";
import { AnonymizedSource, analyze } from "../../src/index.js";
import { TCP_FLAG } from "../../src/packet/tcp/flags.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { type ReadRecord, readAll } from "../support/capture/read-all.js";
import { readerOf } from "../support/extract.js";
import { ikeRecord } from "../support/ike/records.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { ikeSaInit, ikeSaInitAnswer } from "../support/scenario/ikev2.js";
import { scenario } from "../support/scenario/index.js";
import { TcpTalk, type TcpOptions, worksOverTcp } from "../support/scenario/tcp.js";
import { latin, secretsOf, spellings } from "../support/secrets.js";
import { shapeOf } from "../support/shape.js";

/** In a frame of Ethernet, IPv4 and TCP without options. */
const FLAGS_AT = 14 + 20 + 13;
const PAYLOAD_AT = FLAGS_AT + 7;

const KEY = new TextEncoder().encode("a secret of the TCP tests");

describe("IKE over TCP made anonymous", () => {
  it.each([
    ["on 4500", {}],
    ["on 443", { port: 443 }],
    ["in segments smaller than a header", { segmentSize: 7 }],
    ["in segments of a byte", { segmentSize: 1 }],
    ["with sequence numbers that wrap", { clientSequence: 0xffffff80, serverSequence: 0xfffffff0 }],
  ] as readonly [string, TcpOptions][])(
    "%s is judged as before, and tells no more who they are",
    async (_, options) => {
      const file = captureFile(worksOverTcp(options).talk);
      const open = (): AnonymizedSource => new AnonymizedSource(readerOf(file), KEY);
      const before = shapeOf((await analyze(readerOf(file))).judgement);
      expect(before.tunnels).toMatchObject([{ status: "healthy", malformed: 0 }]);
      expect(shapeOf((await analyze(open())).judgement)).toEqual(before);
      const output = (await readAll(open())).records.map(({ bytes }) => latin(bytes)).join("");
      // The stories' MAC addresses are mostly zeros, which stand in many headers.
      const secrets = (await secretsOf(async () => readerOf(file))).filter(({ length }) => length !== 6);
      expect(secrets.length).toBeGreaterThan(8);
      const leaks = secrets.filter((secret) =>
        spellings(secret).some((spelling) => output.includes(spelling)),
      );
      expect(leaks).toEqual([]);
    },
  );

  it("passes the frames on in their order though some wait for those behind them", async () => {
    const file = captureFile(worksOverTcp({ segmentSize: 50 }).talk);
    const numbers = (await readAll(new AnonymizedSource(readerOf(file), KEY))).records.map(
      ({ frame }) => frame,
    );
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it("is judged as before where a segment comes after those behind it were given up", async () => {
    const { records } = await readAll(readerOf(captureFile(worksOverTcp().talk)));
    for (let late = 3; late < 12; late++) {
      const file = pcapFile(delayed(records, late));
      const before = shapeOf((await analyze(readerOf(file))).judgement);
      const after = shapeOf((await analyze(new AnonymizedSource(readerOf(file), KEY))).judgement);
      expect(after, `frame ${late + 1}`).toEqual(before);
    }
  });

  it("is judged as before where a segment with data says RST, which is then no part of the stream", async () => {
    const { records } = await readAll(readerOf(captureFile(worksOverTcp().talk)));
    for (let reset = 4; reset < 14; reset++) {
      const packets = records.map((record, index) =>
        index === reset ? { ...record, bytes: withReset(record.bytes) } : record,
      );
      const file = pcapFile(packets);
      const before = shapeOf((await analyze(readerOf(file))).judgement);
      const after = shapeOf((await analyze(new AnonymizedSource(readerOf(file), KEY))).judgement);
      expect(after, `frame ${reset + 1}`).toEqual(before);
    }
  });

  it("is judged as before where the capture has no more than the head of the first segment behind a lost one", async () => {
    const { records } = await readAll(readerOf(captureFile(worksOverTcp().talk)));
    for (let lost = 5; lost < 14; lost++) {
      const packets = records.flatMap((record, index) => {
        if (index === lost) return [];
        return index === lost + 2 ? [{ ...record, bytes: record.bytes.slice(0, PAYLOAD_AT + 36) }] : [record];
      });
      await isJudgedAsBefore(pcapFile(packets), `frame ${lost + 1} lost`);
    }
  });

  it.each([1, 5])(
    "is judged as before where %i bytes of the stream prefix are in the capture",
    async (kept) => {
      const { records } = await readAll(readerOf(captureFile(worksOverTcp().talk)));
      const at = records.findIndex(({ bytes }) => latin(bytes).includes("IKETCP"));
      expect(at).toBeGreaterThan(0);
      const packets = records.map((record, index) =>
        index === at ? { ...record, bytes: record.bytes.slice(0, PAYLOAD_AT + kept) } : record,
      );
      await isJudgedAsBefore(pcapFile(packets));
    },
  );

  it("is judged as before where a segment in the middle of a stream says SYN", async () => {
    const { records } = await readAll(readerOf(captureFile(worksOverTcp().talk)));
    for (let opens = 4; opens < 14; opens++) {
      for (const flag of [TCP_FLAG.syn, TCP_FLAG.syn | TCP_FLAG.fin]) {
        const packets = records.map((record, index) =>
          index === opens ? { ...record, bytes: withFlag(record.bytes, flag) } : record,
        );
        await isJudgedAsBefore(pcapFile(packets), `frame ${opens + 1}`);
      }
    }
  });

  it("goes on to wait for a record though one of the other end is given up", async () => {
    const talk = scenario();
    const tcp = new TcpTalk(talk, { segmentSize: 100 });
    tcp.sends(0, "server", ikeRecord(tcp.encode("server", ikeSaInitAnswer())).subarray(0, 36));
    tcp.ike(9, "client", ikeSaInit());
    const file = captureFile(talk);
    const before = shapeOf((await analyze(readerOf(file))).judgement);
    expect(before.tunnels).toMatchObject([{ nat: [false, null, false] }]);
    expect(shapeOf((await analyze(new AnonymizedSource(readerOf(file), KEY))).judgement)).toEqual(before);
  });
});

async function isJudgedAsBefore(file: Uint8Array, what = ""): Promise<void> {
  const before = shapeOf((await analyze(readerOf(file))).judgement);
  const after = shapeOf((await analyze(new AnonymizedSource(readerOf(file), KEY))).judgement);
  expect(after, what).toEqual(before);
}

function withFlag(frame: Uint8Array, flag: number): Uint8Array {
  const bytes = frame.slice();
  bytes[FLAGS_AT] = (bytes[FLAGS_AT] ?? 0) | flag;
  return bytes;
}

/** The TCP segment of a frame with RST set, and one byte of its data changed as a text would change it. */
function withReset(frame: Uint8Array): Uint8Array {
  const bytes = withFlag(frame, TCP_FLAG.rst);
  if (bytes.length > PAYLOAD_AT) bytes[PAYLOAD_AT] = 0x2e;
  return bytes;
}

/** The frame of that index comes behind the three after it, and ten seconds pass before the third of them. */
function delayed(records: readonly ReadRecord[], late: number): ReadRecord[] {
  const moved = [
    ...records.slice(0, late),
    ...records.slice(late + 1, late + 4),
    ...records.slice(late, late + 1),
  ];
  return [...moved, ...records.slice(late + 4)].map((record, index) => {
    const time = Math.max(record.time, records[index]?.time ?? 0);
    return { ...record, time: time + (index < late + 2 ? 0 : 10_000_000) };
  });
}
