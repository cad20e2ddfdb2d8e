import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Exposition } from "../../../src/cli/live/exposition.js";
import type { NotifyCount } from "../../../src/live/snapshot.js";
import { LIVE_STATES } from "../../../src/live/tunnel.js";
import { type ReadExposition, readExposition, seriesOf } from "../../support/exposition.js";
import { snapshotOf, tunnelOf } from "../../support/live/quiet.js";
import { direction } from "../../support/live/tunnels.js";

const sum = (series: Readonly<Record<string, number>>): number =>
  Object.values(series).reduce((total, value) => total + value, 0);

const numbered = (length: number): number[] => Array.from({ length }, (_, index) => index);

const privateNotify = (type: number, count: number): NotifyCount => ({
  version: 2,
  type,
  name: `PRIVATE_USE_${type}`,
  count,
});

async function reader(
  peerLimit = 0,
): Promise<(given: Parameters<typeof snapshotOf>[0]) => Promise<ReadExposition>> {
  const exposition = await Exposition.load({ version: "1.2.3", peerLimit });
  return async (given) => readExposition(await exposition.text(snapshotOf(given)));
}

describe("labels", () => {
  it("of responders are the ten with the most half-open setups; the sum keeps all", async () => {
    const read = await reader();
    const halfOpen = numbered(1000).map((index) => ({
      responder: `10.0.${index >> 8}.${index & 255}`,
      count: index,
    }));
    const series = seriesOf(await read({ halfOpen }), "ikescope_half_open");
    expect(Object.keys(series)).toHaveLength(11);
    expect(series['{responder="10.0.3.231"}']).toBe(999);
    expect(sum(series)).toBe((999 * 1000) / 2);
  });

  it("of notifies that no registry names are bounded, however many are sent; the sum keeps all", async () => {
    const read = await reader();
    const notifies = numbered(20_000).map((index) => privateNotify(40_960 + index, 1));
    const series = seriesOf(await read({ counts: { notifies } }), "ikescope_notifies_total");
    expect(Object.keys(series)).toHaveLength(21);
    expect(series['{ike_version="2",type="40960"}']).toBe(1);
    expect(sum(series)).toBe(20_000);
  });

  it("of named notifies are there also after a flood of numbers", async () => {
    const read = await reader();
    const flood = numbered(1000).map((index) => privateNotify(40_960 + index, 9));
    await read({ counts: { notifies: flood } });
    const named: NotifyCount = { version: 1, type: 14, name: "NO-PROPOSAL-CHOSEN", count: 1 };
    const series = seriesOf(
      await read({ counts: { notifies: [...flood, named] } }),
      "ikescope_notifies_total",
    );
    expect(series['{ike_version="1",type="NO-PROPOSAL-CHOSEN"}']).toBe(1);
  });

  it("of phases are bounded, whatever a setup says", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 0 });
    for (const index of numbered(1000)) {
      exposition.setup({ outcome: "failed", phase: `phase ${index}`, seconds: null });
    }
    const series = seriesOf(readExposition(await exposition.text(snapshotOf())), "ikescope_setups_total");
    expect(Object.keys(series).length).toBeLessThan(40);
    expect(sum(series)).toBe(1000);
  });

  it("of tunnels are as many as were asked for: the worst, then those that are known longest", async () => {
    const read = await reader(3);
    const states = ["up", "quiet", "failing", "up", "degraded", "unknown"] as const;
    const tunnels = states.map((state, index) =>
      tunnelOf({ id: 10 - index, state, peers: ["192.0.2.1", `198.51.100.${index}`] }),
    );
    const shown = Object.entries(seriesOf(await read({ tunnels }), "ikescope_tunnel_state"));
    expect(shown).toHaveLength(3 * LIVE_STATES.length);
    expect(shown.filter(([, value]) => value === 1).map(([key]) => key)).toEqual([
      '{peer_a="192.0.2.1",peer_b="198.51.100.2",state="failing"}',
      '{peer_a="192.0.2.1",peer_b="198.51.100.4",state="degraded"}',
      '{peer_a="192.0.2.1",peer_b="198.51.100.3",state="up"}',
    ]);
  });

  it("never hold an SPI", async () => {
    const spi = 0xdeadbeef;
    const read = await reader(3);
    const page = await read({ tunnels: [tunnelOf({ spis: [{ fromFirst: spi, fromSecond: spi }] })] });
    expect([...page.series.keys()].filter((key) => /spi|deadbeef|3735928559/i.test(key))).toEqual([]);
  });

  it("hold hostile text escaped: a label cannot end, and a line cannot begin", async () => {
    const read = await reader();
    const page = await read({ interface: 'eth0"} 1\nikescope_strangers 99\\\u001b[2J\u202e' });
    expect(seriesOf(page, "ikescope_strangers")).toEqual({ "": 0 });
    expect(Object.keys(seriesOf(page, "ikescope_capture_up"))).toEqual([
      String.raw`{interface="eth0\"} 1\\x0aikescope_strangers 99\\\\x1b[2J\\u{202e}"}`,
    ]);
  });

  it("hold any text without breaking the page", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const read = await reader();
        expect(Object.keys(seriesOf(await read({ interface: text }), "ikescope_capture_up"))).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe("counters", () => {
  it("never go down when types of notifies overtake each other", async () => {
    const read = await reader();
    const before = numbered(100).map((index) => privateNotify(40_960 + index, 100 - index));
    const after = numbered(100).map((index) => privateNotify(40_960 + index, 100 + index * index));
    const [first, second] = [
      seriesOf(await read({ counts: { notifies: before } }), "ikescope_notifies_total"),
      seriesOf(await read({ counts: { notifies: after } }), "ikescope_notifies_total"),
    ];
    expect(Object.keys(second)).toEqual(expect.arrayContaining(Object.keys(first)));
    for (const [key, value] of Object.entries(first)) expect(second[key], key).toBeGreaterThanOrEqual(value);
  });

  it("stand still when a packet that counted as lost comes after all", async () => {
    const read = await reader(1);
    const withLost = async (lost: number): Promise<ReadExposition> =>
      read({
        tunnels: [tunnelOf({ directions: [direction({ lost }), direction({})] })],
        counts: { espLost: lost },
      });
    const values: unknown[] = [];
    for (const lost of [3, 1, 2, 5]) {
      const page = await withLost(lost);
      values.push([
        page.series.get("ikescope_esp_lost_packets_total"),
        Object.values(seriesOf(page, "ikescope_tunnel_esp_lost_packets_total"))[0],
      ]);
    }
    expect(values).toEqual([
      [3, 3],
      [3, 3],
      [3, 3],
      [5, 5],
    ]);
  });

  it("of a tunnel begin anew when it was given up and is another one now", async () => {
    const read = await reader(1);
    const of = async (id: number, retransmissions: number): Promise<unknown> =>
      Object.values(
        seriesOf(
          await read({ tunnels: [tunnelOf({ id, retransmissions })] }),
          "ikescope_tunnel_retransmissions_total",
        ),
      );
    expect(await of(1, 9)).toEqual([9]);
    expect(await of(2, 1)).toEqual([1]);
  });
});
