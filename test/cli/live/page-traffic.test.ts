import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type LivePage, startLivePage } from "../../../src/cli/live/live-page.js";
import { PagePackets } from "../../../src/cli/live/page-packets.js";
import { PageTraffic } from "../../../src/cli/live/page-traffic.js";
import { analyze } from "../../../src/index.js";
import { type LiveTrafficMessage, trafficAfter } from "../../../src/report/html/live/traffic.js";
import type { TrafficAnswer } from "../../../src/report/html/traffic/data.js";
import { SERIES_BINS, TrafficSeries } from "../../../src/report/html/traffic/traffic-series.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { PCAPS } from "../../score/truth.js";
import { readerOf } from "../../support/extract.js";
import { eventsOf } from "../../support/live/blocked-gateway.js";
import { RunningGateway } from "../../support/live/running-gateway.js";

/** 108 packets each way in 22 s; of one way 11 numbers are missing. */
const LOSS = readFileSync(new URL("esp-loss-responder.pcap", PCAPS));
const ALL = [
  { packets: 108, missing: 11 },
  { packets: 108, missing: 0 },
];
const ONE = new Set([1]);

const open: LivePage[] = [];
afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
});

/** Packets of each stream, and numbers that were passed over. */
function countsOf({ streams }: TrafficAnswer): { packets: number; missing: number }[] {
  return streams.map(({ packets, gaps }) => ({
    packets: packets.reduce((sum, count) => sum + count, 0),
    missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
  }));
}

function inOrder(counts: readonly { packets: number; missing: number }[]) {
  return counts.toSorted((a, b) => b.missing - a.missing);
}

async function gatewayAfter(steps: number): Promise<RunningGateway> {
  const gateway = new RunningGateway(LOSS);
  for (let step = 0; step < steps; step++) await gateway.step();
  return gateway;
}

describe("the ESP of a tunnel on the page of a running gateway", () => {
  it.each([1, 3, 5])(
    "has every packet and every missing number, those before somebody looked too (after %i steps)",
    async (steps) => {
      const gateway = await gatewayAfter(steps);
      const { engine, recent } = gateway;
      const traffic = new PageTraffic(engine, new PagePackets(recent, "test"));
      const whole = await traffic.begin(1);
      if (whole === null) throw new Error("no tunnel");
      let page = trafficAfter(null, whole);
      for (let isMore = true; isMore;) {
        isMore = await gateway.step();
        const news = traffic.look(ONE).get(1);
        if (news === undefined) throw new Error("nothing told");
        page = trafficAfter(news.isWhole ? null : page, news.message);
        // The page has put the differences together.
        expect(page).toEqual(trafficAfter(null, (await traffic.begin(1)) as LiveTrafficMessage));
      }
      expect(inOrder(countsOf(page))).toEqual(ALL);
      const { streams } = (await analyze(readerOf(LOSS))).judgement.tunnels[0]?.tunnel ?? { streams: [] };
      expect(page.streams.map(({ sizes }) => [...sizes])).toEqual(
        streams.map(({ sizes }) => [...sizes.packets]),
      );
    },
  );

  it("counts from now on where no packets are remembered", async () => {
    const gateway = await gatewayAfter(5);
    const traffic = new PageTraffic(gateway.engine, null);
    const begun = await traffic.begin(1);
    if (begun === null) throw new Error("no tunnel");
    const before = gateway.engine.tunnelOf(1)?.streams.reduce((sum, { packets }) => sum + packets, 0) ?? 0;
    expect(before).toBeGreaterThan(0);
    while (await gateway.step());
    traffic.look(ONE);
    const after = countsOf(trafficAfter(null, (await traffic.begin(1)) as LiveTrafficMessage));
    expect(after.reduce((sum, { packets }) => sum + packets, 0)).toBe(216 - before);
    expect(await traffic.close(1, { from: 0, to: Infinity })).toBeNull();
  });

  it("is told by its packets as far back as they are remembered", async () => {
    const gateway = await gatewayAfter(0);
    while (await gateway.step());
    const { engine, recent } = gateway;
    const traffic = new PageTraffic(engine, new PagePackets(recent, "test"));
    const all = await traffic.close(1, { from: 0, to: Infinity });
    expect(inOrder(countsOf(all as TrafficAnswer))).toEqual(ALL);
    const first = Math.min(...(engine.tunnelOf(1)?.streams ?? []).map(({ firstTime }) => firstTime));
    const closer = (await traffic.close(1, { from: first, to: first + 2e6 })) as TrafficAnswer;
    expect(closer).toMatchObject({ from: first, width: 2e6 / 2048 });
    const [one] = inOrder(countsOf(closer));
    expect(one?.packets).toBeGreaterThan(5);
    expect(one?.packets).toBeLessThan(20);
    expect(closer.streams[0]?.sizeWidth).toBe(1);
  });

  it("knows nothing of a tunnel that is not there, and forgets one that nobody looks at", async () => {
    const gateway = await gatewayAfter(8);
    const traffic = new PageTraffic(gateway.engine, null);
    expect(await traffic.begin(7)).toBeNull();
    expect(await traffic.close(7, { from: 0, to: Infinity })).toBeNull();
    expect(await traffic.begin(1)).not.toBeNull();
    expect(traffic.look(new Set()).has(1)).toBe(true);
    for (let looks = 0; looks < 30; looks++) traffic.look(new Set());
    expect(traffic.look(new Set()).has(1)).toBe(false);
  });

  it("is told with all else to the page that asks for it", async () => {
    const gateway = await gatewayAfter(6);
    const { engine, recent } = gateway;
    const server = await startLivePage({ address: "127.0.0.1", port: 0 }, engine, {
      presentation: PLAIN,
      packets: new PagePackets(recent, "test"),
    });
    open.push(server);
    const events = await eventsOf(`${server.url}events?traffic=1`);
    expect((await events.next())?.name).toBe("snapshot");
    const whole = await events.next();
    expect(whole?.name).toBe("traffic");
    let page = trafficAfter(null, whole?.data as LiveTrafficMessage);
    while (await gateway.step());
    while (countsOf(page).some(({ packets }) => packets < 108)) {
      const told = await events.next();
      if (told?.name === "change") continue;
      expect(told?.name).toBe("more");
      page = trafficAfter(page, told?.data as LiveTrafficMessage);
    }
    expect(inOrder(countsOf(page))).toEqual(ALL);
    await events.end();
    const others = await eventsOf(`${server.url}events?traffic=7`);
    expect((await others.next())?.name).toBe("snapshot");
    expect((await others.next())?.name).toBe("gone");
    await others.end();
    const closer = await fetch(`${server.url}traffic?id=1&from=0&to=9e15`);
    expect(inOrder(countsOf(trafficAfter(null, (await closer.json()) as LiveTrafficMessage)))).toEqual(ALL);
    for (const query of ["id=1", "id=1&from=x&to=y", "id=7&from=0&to=9e15"]) {
      expect((await fetch(`${server.url}traffic?${query}`)).status).toBe(404);
    }
  });
});

describe("a series of looks at counters", () => {
  it("has as many bins after a year as it may have, and lost no packet", async () => {
    const gateway = await gatewayAfter(6);
    const tunnel = gateway.engine.tunnelOf(1);
    if (tunnel === null) throw new Error("no tunnel");
    const before = tunnel.streams.reduce((sum, { packets }) => sum + packets, 0);
    const from = gateway.engine.now;
    const series = new TrafficSeries({ from, width: 2e6 }, tunnel);
    while (await gateway.step());
    const hour = 3600e6;
    for (let time = from; time < from + 365 * 24 * hour; time += hour) series.look(tunnel, time);
    const now = from + 365 * 24 * hour;
    const { streams, width } = series.answer(now);
    expect(streams.map(({ packets }) => packets.length <= SERIES_BINS)).toEqual([true, true]);
    expect(width * SERIES_BINS).toBeGreaterThan(365 * 24 * hour);
    const seen = streams.reduce(
      (sum, { packets }) => sum + packets.reduce((all, count) => all + count, 0),
      0,
    );
    expect(seen).toBe(216 - before);
  });
});
