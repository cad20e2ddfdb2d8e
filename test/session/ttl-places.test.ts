import { describe, expect, it } from "vitest";
import type { FrameInput } from "../../src/session/intake/sightings.js";
import { SegmentMap } from "../../src/session/segment-map.js";

const [A, B, C] = [1, 2, 3];

/** A frame of raw IP with ESP, whose ends are named by the last octet of their addresses. */
function raw(source: number, ttl: number, sequence: number, destination = source === A ? B : A): FrameInput {
  const ip = [0x45, 0, 0, 60, 0, 0, 0, 0, ttl, 50, 0, 0, 192, 0, 2, source, 192, 0, 2, destination];
  const content = [0xc1, 0, 0, source, 0, 0, 0, sequence];
  const bytes = Uint8Array.from([...ip, ...content, ...Array.from({ length: 32 }, (_, at) => at)]);
  const end = bytes.length;
  return {
    bytes,
    start: 0,
    end,
    originalLength: end,
    time: 0,
    nanos: 0,
    linkType: 101,
    frame: 1,
    capture: 0,
    direction: 0,
  };
}

/** Packets with these sequence numbers, each seen with every one of the TTLs. */
function seen(source: number, ttls: readonly number[], sequences: readonly number[]): FrameInput[] {
  return sequences.flatMap((sequence) => ttls.map((ttl) => raw(source, ttl, sequence)));
}

function mapOf(frames: readonly FrameInput[]): { readonly map: SegmentMap; readonly count: number } {
  const map = new SegmentMap();
  for (const one of frames) map.learn(one);
  return { map, count: map.join().length };
}

const FIVE = [1, 2, 3, 4, 5];

describe("the places of a capture of raw IP", () => {
  it.each([
    ["all packets are there twice", [...seen(A, [64, 56], FIVE), ...seen(B, [56, 64], FIVE)]],
    [
      "most of one direction came to one place only",
      [...seen(A, [64, 56], FIVE), ...seen(B, [64, 56], [1]), ...seen(B, [64], [2, 3, 4, 5, 6])],
    ],
  ])("are those of both ends where %s", (_how, frames) => {
    const { map, count } = mapOf(frames);
    expect(count).toBe(2);
    const [atA, atB] = [map.of(raw(A, 64, 9)), map.of(raw(B, 64, 9))];
    expect(map.of(raw(B, 56, 9))).toBe(atA);
    expect(map.of(raw(A, 56, 9))).toBe(atB);
    expect(atA).not.toBe(atB);
    expect(map.of(raw(C, 64, 9))).toBeNull();
  });

  it.each([
    ["each sender has one TTL", [...seen(A, [64], FIVE), ...seen(B, [56], FIVE)]],
    [
      "paths are of several lengths, and no packet is there twice",
      [
        ...seen(A, [64], FIVE),
        ...seen(A, [63], [6, 7, 8]),
        ...seen(B, [56], FIVE),
        ...seen(B, [55], [6, 7, 8]),
      ],
    ],
    [
      "few packets are there twice",
      [
        ...seen(A, [64, 56], [1, 2, 3]),
        ...seen(A, [64], [4, 5, 6, 7, 8, 9]),
        ...seen(B, [64, 56], [1]),
        ...seen(B, [64], [2, 3, 4]),
      ],
    ],
    ["one sender has one TTL", [...seen(A, [64, 56], FIVE), ...seen(B, [64], FIVE)]],
    [
      "a third address sends as well",
      [...seen(A, [64, 56], FIVE), ...seen(B, [64, 56], FIVE), raw(C, 64, 1)],
    ],
    ["a sender has three TTLs", [...seen(A, [64, 56, 50], FIVE), ...seen(B, [64, 56], FIVE)]],
  ])("are not told apart where %s", (_how, frames) => {
    expect(mapOf(frames).count).toBe(0);
  });

  it("take no header from a frame that is too short for one", () => {
    const { map } = mapOf([...seen(A, [64, 56], FIVE), ...seen(B, [64, 56], FIVE)]);
    expect(map.of({ ...raw(A, 64, 1), end: 10 })).toBeNull();
  });
});
