import { describe, expect, it } from "vitest";
import { doublingSeries } from "../../src/diagnosis/facts/silence/doubling-series.js";
import type { LargePacket } from "../../src/esp/stream.js";

/** Packets at these seconds. */
function packets(seconds: readonly number[], bytes = 1400): LargePacket[] {
  return seconds.map((second) => ({ bytes, time: second * 1_000_000, frame: 1, followedAfter: null }));
}

/** The seconds of each series. */
function seriesOf(...lists: readonly LargePacket[][]): number[][] {
  const all = lists.flat().toSorted((a, b) => a.time - b.time);
  return doublingSeries(all).map((series) => series.map(({ time }) => time / 1_000_000));
}

const ONE = [0, 0.21, 0.63, 1.47, 3.15, 6.51];
const LATER = ONE.map((second) => second + 0.3);

describe("series whose intervals double", () => {
  it("are found among other packets", () => {
    expect(seriesOf(packets(ONE), packets([0.9, 2, 4.4]))).toEqual([ONE]);
  });

  it("are told apart where two lie in each other", () => {
    expect(seriesOf(packets(ONE), packets(LATER))).toEqual([ONE, LATER]);
  });

  it("may be shorter where most packets belong to one", () => {
    expect(seriesOf(packets(ONE.slice(1, 5)), packets(LATER.slice(1, 5)))).toHaveLength(2);
    expect(seriesOf(packets(ONE.slice(1, 5)), packets([0.9, 2, 4.4, 5.1, 5.9]))).toEqual([]);
  });

  it.each([
    ["five packets double alone", packets(ONE.slice(0, 5))],
    ["intervals are equal", packets(Array.from({ length: 14 }, (_, index) => index))],
    ["they double roughly", packets([0, 0.21, 0.7, 1.5, 3.6, 7.2])],
    ["sizes differ", [...packets(ONE.slice(0, 4)), ...packets(ONE.slice(4), 1300)]],
  ])("are none where %s", (_name, all) => {
    expect(seriesOf(all)).toEqual([]);
  });

  it("are rare among packets at random times", () => {
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let found = 0;
    for (let round = 0; round < 300; round++) {
      let at = 0;
      const seconds = Array.from({ length: 14 }, () => (at += 0.1 - Math.log(random())));
      if (seriesOf(packets(seconds)).length > 0) found++;
    }
    expect(found).toBeLessThanOrEqual(6);
  });
});
