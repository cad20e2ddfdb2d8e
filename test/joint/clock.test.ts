import { inEnglish } from "../../src/texts/texts.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../support/seeded-properties.js";
import { joinHosts } from "../../src/joint/joined.js";
import { timelineOf } from "../../src/joint/timeline.js";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import {
  informational,
  informationalAnswer,
  scenario,
  type Scenario,
  setsUp,
} from "../support/scenario/index.js";

const OWN = "192.0.2.10";
const SECOND = 1e6;

/** A tunnel with liveness checks about every 20 seconds, at intervals that traffic between them makes. */
function story(checks = 12): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  for (let check = 0; check < checks; check++) {
    const at = 20 * (check + 1) + ((check * 7) % 5);
    talk.at(at).initiator.sends(informational({ id: 2 + check }));
    talk.at(at + 0.03).responder.sends(informationalAnswer({ id: 2 + check }));
  }
  return talk.endsAt(20 * checks + 30);
}

async function joined(talk: Scenario, ...texts: readonly string[]) {
  const [host] = joinHosts([await hostOf(...texts)], talk.kept().tunnels);
  if (host === undefined) throw new Error("no host");
  return host;
}

describe("the clock of a host", () => {
  it.each([
    ["right", 0, "milliseconds", 0.01],
    ["in another zone and 15 s ahead", 7215.4, "milliseconds", 0.01],
    ["in another zone, with stamps of seconds", -19_800, "seconds", 1],
  ] as const)("is found where it is %s, within its bounds", async (_, ahead, stamps, near) => {
    const talk = story();
    const { clock } = await joined(talk, charonLogOf(talk, OWN, { ahead, stamps }));
    expect(clock.by).toBe("messages");
    const [stretch] = clock.stretches;
    expect(Math.abs((stretch?.offset ?? 0) / SECOND - ahead)).toBeLessThan(near);
    expect(stretch?.low).toBeLessThanOrEqual(stretch?.offset ?? 0);
    expect(stretch?.high).toBeGreaterThanOrEqual(stretch?.offset ?? 0);
    expect(clock.lonely).toEqual([]);
  });

  it("is found for any difference, with any part of the log missing", async () => {
    const talk = story();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -90_000, max: 90_000 }), fc.nat(1000), async (ahead, seed) => {
        const text = charonLogOf(talk, OWN, { ahead, lacks: (_, index) => (seed + index * 7) % 3 === 0 });
        const { clock } = await joined(talk, text);
        expect(Math.abs((clock.stretches[0]?.offset ?? 0) / SECOND - ahead)).toBeLessThan(0.1);
      }),
      { numRuns: 30 },
    );
  });

  it("has a stretch for each time that it was set", async () => {
    const talk = story();
    const { clock } = await joined(
      talk,
      charonLogOf(talk, OWN, { ahead: (seconds) => (seconds < 110 ? 0 : -33) }),
    );
    const offsets = clock.stretches.map(({ offset }) => Math.round(offset / SECOND));
    expect(offsets.toSorted((a, b) => a - b)).toEqual([-33, 0]);
    expect(clock.lonely).toEqual([]);
  });

  it("is not told by a daemon that reads late, but by what it sends", async () => {
    const talk = story();
    const { clock } = await joined(talk, charonLogOf(talk, OWN, { late: () => 4 }));
    expect(Math.abs((clock.stretches[0]?.offset ?? 1) / SECOND)).toBeLessThan(0.6);
  });

  it("is found where the first message that the log shows was read late", async () => {
    const talk = story();
    const log = charonLogOf(talk, "198.51.100.20", {
      late: ({ exchange }) => (exchange === "IKE_SA_INIT" ? 0.06 : 0),
    });
    const { clock } = await joined(talk, log);
    expect(clock.lonely).toEqual([]);
    expect(Math.abs(clock.stretches[0]?.offset ?? Infinity)).toBeLessThan(0.01 * SECOND);
  });

  it("is not claimed of a log without times, whose messages are joined by their order", async () => {
    const talk = story();
    const { clock } = await joined(talk, charonLogOf(talk, OWN, { stamps: "none" }));
    expect(clock.by).toBe("order");
    expect(clock.stretches).toEqual([]);
    expect(clock.joins.length).toBeGreaterThan(20);
  });

  it("is not claimed by one message", async () => {
    const talk = story();
    const { clock } = await joined(talk, charonLogOf(talk, OWN, { lacks: (_, index) => index > 0 }));
    expect(clock.by).toBe("none");
  });

  it("is found in each of two logs that the host writes of the same, in another way each", async () => {
    const talk = story();
    const { clock } = await joined(
      talk,
      charonLogOf(talk, OWN),
      charonLogOf(talk, OWN, { ahead: 3600, stamps: "seconds" }),
    );
    expect(clock.lonely).toEqual([]);
  });
});

describe("a log that is not of this capture", () => {
  it("is told by messages that no difference brings together", async () => {
    const [talk, other] = [story(1), story(12)];
    const foreign = charonLogOf(other, OWN).replaceAll(
      /\((\d+) bytes\)/g,
      (_, size) => `(${Number(size) + 16} bytes)`,
    );
    const host = await joined(talk, foreign);
    expect(host.foreign).not.toBeNull();
    expect(talk.judgeBeside(host.records).findings.map(({ code }) => code)).toContain(
      "evidence-of-another-host",
    );
  });

  it("is told by its addresses", async () => {
    const talk = story();
    const host = await joined(
      talk,
      charonLogOf(talk, OWN)
        .replaceAll(/(192\.0\.2|198\.51\.100)\./g, "203.0.113.")
        .replaceAll(/\((\d+) bytes\)/g, "(99 bytes)"),
    );
    expect(inEnglish(host.foreign ?? "")).toMatch(/203\.0\.113\.\d+/);
  });
});

describe("the line of time", () => {
  it("puts lines beside their frames, in the order of the log within a step of its stamps", async () => {
    const talk = story(1);
    const { tunnels } = talk.kept();
    const hosts = joinHosts(
      [await hostOf(charonLogOf(talk, OWN, { ahead: 3600, stamps: "seconds" }))],
      tunnels,
    );
    const entries = timelineOf(hosts, tunnels);
    const ofLog = entries.filter(({ host }) => host !== null);
    expect(ofLog.map(({ source }) => source?.line)).toEqual(
      ofLog.map(({ source }) => source?.line).toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    );
    for (const { frame, time } of ofLog.filter((entry) => entry.frame !== null)) {
      expect(entries.find((entry) => entry.host === null && entry.frame === frame)?.time).toBe(time);
    }
  });
});
