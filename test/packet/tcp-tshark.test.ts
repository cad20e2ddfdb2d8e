import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { ethernet, ipv4, pattern, tcp } from "../support/packet/index.js";
import { cutAt, disordered, StreamBench, type Piece } from "../support/packet/tcp-segments.js";
import { isInstalled } from "../support/packet/tshark.js";
import { itIf } from "../support/require.js";

const run = promisify(execFile);
const bytes = pattern(6000, 3);
const SYN = 2;
const ACK = 16;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikescope-tcp-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Segments of a TCP stream, and the sequence number of its first byte. */
interface Stream {
  readonly order: readonly Piece[];
  readonly first: number;
}

/** Frames of a stream that has this source port. */
function framesOf({ order, first }: Stream, sourcePort: number): Uint8Array[] {
  const segment = (sequence: number, flags: number, payload: Uint8Array): Uint8Array =>
    ethernet({
      pad: false,
      payload: ipv4({
        protocol: 6,
        payload: tcp({ sourcePort, sequence: sequence >>> 0, flags, payload }),
      }),
    });
  return [
    segment(first - 1, SYN, new Uint8Array(0)),
    ...order.map((piece) => segment(first + piece.at, ACK, piece.bytes)),
  ];
}

/** What tshark follows of each stream, as hex; all of them in one run, of which its start is the most. */
async function followed(streams: readonly Stream[]): Promise<string[]> {
  const frames = streams.flatMap((stream, index) => framesOf(stream, 40_000 + index));
  const file = join(folder, "streams.pcap");
  await writeFile(
    file,
    pcapFile(frames.map((frame, index) => ({ time: 1e15 + index * 1000, bytes: frame }))),
  );
  const follow = streams.flatMap((_, index) => ["-z", `follow,tcp,raw,${index}`]);
  const { stdout } = await run("tshark", ["-n", "-r", file, "-q", ...follow]);
  const byStream = new Map(
    stdout
      .split(/^Follow: /m)
      .map((text) => [Number(/^Filter: tcp\.stream eq (\d+)$/m.exec(text)?.[1]), text]),
  );
  return streams.map((_, index) =>
    (byStream.get(index) ?? "")
      .split("\n")
      .filter((line) => /^[0-9a-f]+$/.test(line))
      .join(""),
  );
}

describe("beside tshark", () => {
  const pieces = cutAt(bytes, [100, 1400, 1401, 2000, 3300, 3301, 3302, 4500, 5999]);
  itIf(isInstalled("tshark"), "tshark is not installed")("streams are put together alike", async () => {
    const cases = [
      { order: pieces, first: 1000 },
      { order: disordered(pieces, [3, 0, 5, 1, 4, 2], 5), first: 1000 },
      { order: disordered([...pieces, ...pieces], [7, 2, 0, 9, 4], 9), first: 0xfffff000 },
      {
        order: [...pieces.slice(0, 4), { at: 50, bytes: bytes.slice(50, 1900) }, ...pieces.slice(4)],
        first: 5,
      },
    ];
    const theirs = await followed(cases);
    for (const [index, { order, first }] of cases.entries()) {
      const bench = new StreamBench({}, first);
      for (const piece of order) bench.send(piece);
      const ours = toHex(bench.collected.bytes);
      expect(ours).toBe(toHex(bytes));
      expect(theirs[index]).toBe(ours);
    }
  });
});
