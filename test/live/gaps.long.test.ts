import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import type { CaptureSource } from "../../src/capture/source.js";
import type { LiveEvent } from "../../src/live/event.js";
import type { LiveEngine } from "../../src/live/engine.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import {
  begins,
  checks,
  Counting,
  HOUR,
  MINUTE,
  pings,
  reauthenticates,
  rekeys,
} from "../support/live/lives.js";
import { feed, recordsOf, replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  every,
  ikeAuth,
  informational,
  opens,
  scenario,
  type Scenario,
  setsUp,
  setsUpBetween,
  STORY_BEGINS,
} from "../support/scenario/index.js";

const SECOND = 1_000_000;

function played(talk: Scenario): CaptureSource {
  return new CaptureReader(new MemoryBytes(captureFile(talk)));
}

/** The capture is lost and begins again at these seconds of the story. */
function gapsAt(...seconds: readonly number[]) {
  const due = [...seconds];
  return (engine: LiveEngine, now: number): void => {
    if (now < STORY_BEGINS + (due[0] ?? Infinity) * SECOND) return;
    due.shift();
    engine.lost(now, "gone");
    engine.begin(now, "back");
  };
}

/** What is said of tunnels. */
function told(events: readonly LiveEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case "finding-raised":
      case "finding-cleared":
        return event.finding.severity === "info" ? [] : [`${event.kind} ${event.finding.code}`];
      case "tunnel-up":
      case "tunnel-down":
      case "tunnel-rekeyed":
        return [event.kind];
      default:
        return [];
    }
  });
}

describe("a capture that is interrupted", () => {
  it("each minute says nothing of a tunnel that lives, but that it was rekeyed", async () => {
    const talk = scenario();
    const ids = begins(talk);
    checks(talk, ids, every(20, 20.5, HOUR / 2));
    rekeys(talk, ids, HOUR / 2 + 5);
    checks(talk, ids, every(20, HOUR / 2 + 20.5, HOUR));
    pings(talk, every(1.7, 1, HOUR));
    const { events } = await replay(played(talk), { onTick: gapsAt(...every(MINUTE, MINUTE, HOUR)) });
    expect(told(events)).toEqual(["tunnel-up", "tunnel-rekeyed"]);
  });

  it("says of a new IKE SA that it is one", async () => {
    const talk = scenario();
    checks(talk, begins(talk), [20, 40]);
    checks(talk, reauthenticates(talk, 100), [120, 140]);
    const { events } = await replay(played(talk), { onTick: gapsAt(70, 130) });
    expect(told(events)).toEqual(["tunnel-up", "tunnel-rekeyed"]);
  });

  it.each([0.02, 0.07, 0.12])("%s s into a setup accuses nobody", async (gap) => {
    const talk = scenario();
    pings(talk, every(2, 1, 200));
    checks(talk, begins(talk), every(30, 30, 200));
    const { events } = await replay(played(talk), { onTick: gapsAt(gap), tick: 10_000 });
    expect(told(events)).toEqual(["tunnel-up"]);
  });

  it("while an answer is awaited accuses nobody", async () => {
    const talk = scenario();
    const ids = begins(talk);
    checks(talk, ids, [20, 40]);
    talk.at(60, 64, 71).initiator.sends(informational({ id: ids.next("initiator") }));
    checks(talk, ids, every(30, 100, 300));
    const { events } = await replay(played(talk), { onTick: gapsAt(71.5) });
    expect(told(events)).toEqual(["tunnel-up"]);
  });

  it("leaves no setup half-open, and no rate, of a peer that is not heard any more", async () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.2).initiator.sends(ikeAuth());
    const other = talk.host("203.0.113.9");
    talk.between(other, talk.responder, ...every(0.1, 0, 10)).esp({ spi: 0xe1 });
    talk.between(talk.responder, other, ...every(0.1, 0, 10)).esp({ spi: 0xe2 });
    talk.endsAt(40);
    const { engine } = await replay(played(talk), { onTick: gapsAt(9) });
    const { halfOpen, tunnels } = engine.snapshot();
    expect(halfOpen).toEqual([]);
    expect(tunnels.map(({ directions }) => directions.map(({ rate }) => rate))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(tunnels.map(({ state }) => state)).not.toContain("setting-up");
  });

  it("shows a tunnel as quiet that is not heard any more", async () => {
    const talk = scenario();
    setsUp(talk);
    pings(talk, every(1, 1, 20));
    talk.endsAt(10 * MINUTE);
    const { engine, events } = await replay(played(talk), { onTick: gapsAt(30, 90) });
    expect(engine.snapshot().tunnels.map(({ state }) => state)).toEqual(["quiet"]);
    expect(told(events)).toEqual(["tunnel-up"]);
  });
});

it("peers that are new behind each gap take no more room than the limit on tunnels gives", async () => {
  const talk = scenario();
  for (let index = 0; index < 100; index++) {
    const peer = talk.host(`10.1.0.${index}`);
    setsUpBetween(talk, peer, talk.responder, { from: index * 10, sa: talk.newSa() });
  }
  const { engine } = await replay(played(talk), {
    tunnels: 20,
    after: 60 * SECOND,
    onTick: gapsAt(...every(100, 95, 1000)),
  });
  expect(engine.kept.tunnels).toBeLessThanOrEqual(20);
});

describe("a clock that is set back by an hour", () => {
  /** A tunnel at ten hours, and what is said when the same clock shows nine and the peer has fallen silent. */
  async function setBack(begin: (engine: LiveEngine, now: number) => void): Promise<string[]> {
    const before = scenario();
    setsUp(before, { from: 10 * HOUR });
    pings(before, every(1, 10 * HOUR + 1, 10 * HOUR + 120));
    const after = scenario();
    checks(after, new Counting(after.sa), [9 * HOUR]);
    after.at(...[2, 6, 13, 26].map((wait) => 9 * HOUR + wait)).initiator.sends(informational({ id: 3 }));
    after.endsAt(9 * HOUR + 60);
    const { engine, events } = await replay(played(before), {});
    begin(engine, STORY_BEGINS + 9 * HOUR * SECOND);
    feed(engine, await recordsOf(played(after)));
    expect(engine.now).toBe(STORY_BEGINS + (9 * HOUR + 60) * SECOND);
    return told(events);
  }

  const FALLS_SILENT = ["tunnel-up", "finding-raised dpd-timeout", "tunnel-down"];

  it("does not keep a fault from being raised", async () => {
    expect(await setBack((engine, now) => engine.begin(now, "the clock was set back"))).toEqual(FALLS_SILENT);
  });

  it("is seen by the packets, where nobody says so", async () => {
    expect(await setBack(() => undefined)).toEqual(FALLS_SILENT);
  });
});
