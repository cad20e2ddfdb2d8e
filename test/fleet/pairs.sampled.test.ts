import { describe, expect, it } from "vitest";
import { LOST_BETWEEN } from "../score/lost-between.js";
import { readTruth, type Truth } from "../score/truth.js";
import { clock, during, filtered, packetsOf, type Sniffer } from "../support/capture/places.js";
import type { ReadRecord } from "../support/capture/read-all.js";
import { joinedFrom, saidBetween } from "../support/fleet/join.js";
import { lastTimeOf, publishedLines } from "../support/fleet/publish.js";
import { sampled } from "../support/sample.js";

/** Captures of one event at the initiator and at the responder, by scenario. */
const scenarios = new Map<string, Truth[]>();
for (const truth of readTruth().filter(({ file }) => !file.includes("router"))) {
  scenarios.set(truth.scenario, [...(scenarios.get(truth.scenario) ?? []), truth]);
}
const pairs = [...scenarios].filter(([, ends]) => ends.length === 2);

/** One of so many pairs is published with wrong clocks, and by each poor sniffer, in `npm test`. */
const SHARE = 96;
/** One of so many is published as it is; both-ends.sampled.test.ts reads the same captures without gateways. */
const PLAIN_SHARE = 32;
/** Gateways go on watching: a fault that shows in the last moment of a capture has to stand for a while. */
const WATCHES_ON = 45e6;
const HOUR = 3600;

/** Severity of the loss that accounts of both ends show, where that is not the one that captures show; null for none. */
const OF_ACCOUNTS: Readonly<Record<string, "critical" | null>> = {
  // One end's own critical finding explains it to `analyze`; the fleet says what is lost all the same.
  "icmp-frag-needed-ignored": "critical",
  "nat-rebinding": "critical",
  // Accounts do not say which fragments came.
  "ike-fragments-dropped": null,
  "ikev1-fragments-dropped": null,
  "ip-fragments-dropped": null,
  "ip-fragments-tail-dropped": null,
};

/** Severity of the loss that both ends show; null for none. */
function severityOf(name: string): string | null {
  const told = OF_ACCOUNTS[name];
  return told === undefined ? (LOST_BETWEEN[name] ?? null) : told;
}

function published([one = [], other = []]: readonly (readonly ReadRecord[])[]): readonly [
  string[],
  string[],
] {
  const until = Math.max(lastTimeOf(one), lastTimeOf(other)) + WATCHES_ON;
  return [publishedLines(one, { gateway: "one", until }), publishedLines(other, { gateway: "other", until })];
}

describe("both ends of one event, published by two gateways", () => {
  it.each(sampled(pairs, PLAIN_SHARE))(
    "%s: what is lost between them is told, and nothing else",
    async (name, ends) => {
      const judgement = joinedFrom(...published(await packetsOf(ends.map(({ file }) => file))));
      const severities = new Set(saidBetween(judgement).map((said) => said.split(" ")[0]));
      expect([...severities]).toEqual([severityOf(name)].filter((severity) => severity !== null));
    },
  );

  it.each(sampled(pairs, SHARE))("%s: a clock that is an hour wrong changes nothing", async (_, ends) => {
    const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
    const right = saidBetween(joinedFrom(...published([one, other])));
    for (const seconds of [-HOUR, HOUR]) {
      const until = Math.max(lastTimeOf(one), lastTimeOf(other)) + WATCHES_ON;
      const wrong = joinedFrom(
        publishedLines(one, { gateway: "one", until }),
        publishedLines(clock(seconds)(other), { gateway: "other", until: until + seconds * 1e6 }),
      );
      expect([seconds, ...saidBetween(wrong)]).toEqual([seconds, ...right]);
    }
  });

  it.each(sampled(pairs, SHARE))("%s: the order in which events come changes nothing", async (_, ends) => {
    const [one, other] = published(await packetsOf(ends.map(({ file }) => file)));
    const right = saidBetween(joinedFrom(one, other)).toSorted();
    expect(saidBetween(joinedFrom(other, one)).toSorted()).toEqual(right);
    expect(saidBetween(joinedFrom(one, other, one)).toSorted()).toEqual(right);
  });

  it.each(sampled(pairs, SHARE))("%s: one end alone says nothing of the way between", async (_, ends) => {
    const [one, other] = published(await packetsOf(ends.map(({ file }) => file)));
    expect(saidBetween(joinedFrom(one))).toEqual([]);
    expect(saidBetween(joinedFrom(other))).toEqual([]);
  });
});

/** Sniffers that miss packets at one end, though nothing is lost on the way. */
const SNIFFERS: readonly (readonly [string, Sniffer])[] = [
  ["the beginning", during(0, 0.4)],
  ["the end", during(0.6, 1)],
  ["the middle, by a clock that is 3 s wrong", (packets) => clock(3)(during(0.3, 0.7)(packets))],
  ["UDP 500", filtered((ports) => ports?.includes(500) === true)],
  ["UDP 4500", filtered((ports) => ports?.includes(4500) === true)],
  ["ESP and what is no UDP", filtered((ports) => ports === null)],
];

describe.each(SNIFFERS)("of a tunnel that works, one gateway's capture has only %s", (_sniffer, sniffer) => {
  const healthy = pairs.filter(([, ends]) => ends.every(({ status }) => status === "healthy"));
  it.each(sampled(healthy, SHARE))("%s: nothing is called lost", async (_, ends) => {
    const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
    for (const [first, second] of [
      [one, sniffer(other)],
      [sniffer(one), other],
    ] as const) {
      // A filter that ikescope does not know: only what is there proves what would be.
      const options = { filter: "not the built-in one" };
      const judgement = joinedFrom(
        publishedLines(first, { gateway: "one", ...options }),
        publishedLines(second, { gateway: "other", ...options }),
      );
      expect(saidBetween(judgement)).toEqual([]);
    }
  });
});
