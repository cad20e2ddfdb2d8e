import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import type { LiveEvent } from "../../src/live/event.js";
import { begins, HOUR, pings, rekeys } from "../support/live/lives.js";
import { Mobile } from "../support/live/moving.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  accusations,
  every,
  faults,
  scenario,
  type Scenario,
  type ScenarioOptions,
} from "../support/scenario/index.js";
import { runs } from "../support/sample.js";

/** What happens when the story is watched. */
async function watched(talk: Scenario): Promise<readonly LiveEvent[]> {
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { events } = await replay(source, { tick: 4_000_000, after: 400_000_000, streams: 1024 });
  return events;
}

/** What is raised above info when the story is watched as it happens. */
async function raised(talk: Scenario): Promise<string[]> {
  const events = await watched(talk);
  return events.flatMap((event) =>
    event.kind === "finding-raised" && event.finding.severity !== "info" ? [event.finding.code] : [],
  );
}

const behindNat = (port4500: number) => ({
  address: "10.0.0.5",
  nat: { address: "192.0.2.10", port500: 61_001, port4500 },
});

describe("a peer that moves (MOBIKE)", () => {
  it("between two networks for hours, now and then repeating itself, is accused of nothing", async () => {
    const talk = scenario({ floats: true });
    const mobile = new Mobile(talk, begins(talk));
    const places = [talk.initiator, talk.host("203.0.113.7")] as const;
    for (let stay = 0; stay < runs(15, 5); stay++) {
      const [place, from] = [places[stay % 2 === 0 ? 0 : 1], stay * 1200];
      if (stay > 0) mobile.arrives(place, ...(stay % 3 === 0 ? [from + 1, from + 3] : [from + 1]));
      mobile.pings(place, every(5, from + 5, from + 1195));
      mobile.checks(place, every(30, from + 17, from + 1190));
    }
    expect(accusations(talk.judge())).toEqual([]);
    expect(await raised(talk)).toEqual([]);
  });

  it("from behind one translator to another and back, where it gets another port, is accused of nothing", async () => {
    const talk = scenario({ floats: true, initiator: behindNat(61_002) });
    const mobile = new Mobile(talk, begins(talk));
    const mobileNet = { address: "203.0.113.9", port500: 7000, port4500: 7001 };
    const places = [
      talk.initiator,
      talk.host("10.0.0.5", { nat: mobileNet }),
      talk.host("10.0.0.5", behindNat(61_077)),
    ];
    for (const [stay, place] of places.entries()) {
      const from = stay * 600;
      if (stay > 0) mobile.arrives(place, from + 1);
      mobile.pings(place, every(2, from + 3, from + 590));
      talk.between(place, talk.responder, ...every(20, from + 4, from + 590)).keepalive();
    }
    expect(accusations(talk.judge())).toEqual([]);
    expect(await raised(talk)).toEqual([]);
  });

  it("to one network after the other is accused of nothing", async () => {
    const talk = scenario({ floats: true });
    const mobile = new Mobile(talk, begins(talk));
    for (let stay = 0; stay < runs(10, 3); stay++) {
      const from = stay * 900;
      const place = stay === 0 ? talk.initiator : talk.host(`203.0.113.${stay}`);
      if (stay > 0) mobile.arrives(place, from + 1);
      mobile.pings(place, every(5, from + 5, from + 895));
    }
    expect(accusations(talk.judge())).toEqual([]);
    expect(await raised(talk)).toEqual([]);
  });

  it("and is not answered there has failed to move", async () => {
    const talk = scenario({ floats: true });
    const mobile = new Mobile(talk, begins(talk));
    mobile.pings(talk.initiator, every(2, 1, 600));
    const there = talk.host("203.0.113.7");
    mobile.arrivesInVain(there, 601, 603, 606, 613, 626, 661);
    mobile.asks(there, every(2, 602, 660));
    talk.at(...every(2, 602, 640)).responder.esp();
    expect(faults(talk.endsAt(900).judge())).toEqual(["mobike-failed"]);
    expect(await raised(talk)).toContain("mobike-failed");
  });

  it("and whose peer dies later had moved all the same", () => {
    const talk = scenario({ floats: true });
    const mobile = new Mobile(talk, begins(talk));
    mobile.pings(talk.initiator, every(2, 1, 600));
    const there = talk.host("203.0.113.7");
    mobile.arrives(there, 601);
    mobile.pings(there, every(2, 602, 900));
    mobile.checksInVain(there, 930, 934, 941.2, 954.2, 977.5);
    expect(faults(talk.endsAt(1300).judge())).toEqual(["dpd-timeout"]);
  });

  it("loses packets there as it would at home", () => {
    const talk = scenario({ floats: true });
    const mobile = new Mobile(talk, begins(talk));
    mobile.pings(talk.initiator, every(2, 1, 600));
    const there = talk.host("203.0.113.7");
    mobile.arrives(there, 601);
    mobile.pings(there, every(2, 602, 900));
    const judgement = talk.endsAt(910).judge((_, index) => index < 700 || index % 10 !== 3);
    expect(accusations(judgement)).toContain("esp-loss");
  });
});

describe("a peer behind a translator", () => {
  const options: ScenarioOptions = { floats: true, initiator: behindNat(61_002) };

  it("that is busy all the time needs no keepalives, however often its SAs are replaced", async () => {
    const talk = scenario(options);
    const ids = begins(talk);
    for (let hour = 0; hour < runs(5, 3); hour++) {
      pings(talk, every(5, hour * HOUR + 1, (hour + 1) * HOUR - 6), hour);
      rekeys(talk, ids, (hour + 1) * HOUR - 5);
    }
    expect(accusations(talk.judge())).toEqual([]);
    expect(await raised(talk)).toEqual([]);
  });

  it("that gets another port, which the other side follows, is told of and does not fail", async () => {
    const talk = scenario(options);
    const mobile = new Mobile(talk, begins(talk));
    for (let stay = 0; stay < runs(6, 2); stay++) {
      const place = stay === 0 ? talk.initiator : talk.host("10.0.0.5", behindNat(61_002 + stay));
      mobile.pings(place, every(5, stay * 1800 + 5, (stay + 1) * 1800));
    }
    expect(accusations(talk.judge())).toEqual(["nat-mapping-changed"]);
    expect(faults(talk.judge())).toEqual([]);
    expect(await raised(talk)).toEqual(["nat-mapping-changed"]);
  });

  it("that gets another address, where its ESP alone goes on, stays one tunnel, as it does offline", async () => {
    const talk = scenario(options);
    const mobile = new Mobile(talk, begins(talk));
    const outside = { address: "203.0.113.9", port500: 7000, port4500: 7001 };
    mobile.pings(talk.initiator, every(2, 5, 600));
    mobile.pings(talk.host("10.0.0.5", { nat: outside }), every(2, 602, 1200));
    expect(talk.judge().tunnels.length).toBe(1);
    expect(accusations(talk.judge())).toEqual([]);
    const up = (await watched(talk)).flatMap((event) =>
      event.kind === "tunnel-up" ? [event.tunnel.peers[0]] : [],
    );
    expect(up).toEqual(["192.0.2.10"]);
    expect(await raised(talk)).toEqual([]);
  });

  it("that gets another address, and is answered at the old one, fails as it does offline", async () => {
    const talk = scenario(options);
    const mobile = new Mobile(talk, begins(talk));
    const outside = { address: "203.0.113.9", port500: 7000, port4500: 7001 };
    mobile.pings(talk.initiator, every(2, 5, 600));
    mobile.asks(talk.host("10.0.0.5", { nat: outside }), every(2, 602, 660));
    talk.at(...every(2, 602.1, 660)).responder.esp({ sequence: 300 });
    expect(faults(talk.endsAt(700).judge())).toEqual(["nat-mapping-changed"]);
    expect(await raised(talk)).toContain("nat-mapping-changed");
  });

  it("that gets another port, which the other side does not follow, fails", () => {
    const talk = scenario(options);
    const mobile = new Mobile(talk, begins(talk));
    mobile.pings(talk.initiator, every(2, 1, 600));
    mobile.asks(talk.host("10.0.0.5", behindNat(61_099)), every(2, 640, 700));
    talk.at(...every(2, 600, 700)).responder.esp();
    expect(faults(talk.endsAt(900).judge())).toEqual(["nat-mapping-changed"]);
  });
});
