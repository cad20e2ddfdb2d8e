import { describe, expect, it } from "vitest";
import { UTC, clockOf } from "../../../src/bytes/clock.js";
import { headlineOf } from "../../../src/diagnosis/headline.js";
import { peerGroups, peerGroupText } from "../../../src/diagnosis/outage/peers.js";
import { inEnglish } from "../../../src/texts/texts.js";
import { type Scenario, scenario, setsUpBetween } from "../../support/scenario/index.js";
import { partialOutage } from "../../support/outage/partial-outage.js";

const mixed = partialOutage(200, { blocked: 12, wrongKeys: 1, oneWay: 1 }).judge();

describe("what is wrong with many tunnels", () => {
  it("is a cause for each root finding, with all its tunnels: what stops them first, then the most", () => {
    expect(mixed.causes.map(({ code, status, tunnels }) => [code, status, tunnels.length])).toEqual([
      ["natt-4500-unanswered", "failing", 12],
      ["authentication-failed", "failing", 1],
      ["esp-one-way", "degraded", 1],
    ]);
  });

  it("says since when the first and the last of them have it", () => {
    const [blocked] = mixed.causes;
    const seconds = [blocked?.since, blocked?.lastSince].map(
      (time) => ((time ?? 0) - 1_700_000_000_000_000) / 1e6,
    );
    expect(seconds[0]).toBeCloseTo(3.9, 2);
    expect(seconds[1]).toBeCloseTo(50.1, 2);
  });

  it("names what they share and the working ones do not, with the numbers", () => {
    const [blocked, ...others] = mixed.causes;
    expect(blocked?.shared.map((shared) => ({ ...shared, text: inEnglish(shared.text) }))).toEqual([
      {
        property: "initiator-network",
        text: "initiator in 203.0.113.0/24",
        from: null,
        failing: 12,
        failingOf: 12,
        working: 0,
        workingOf: 186,
      },
    ]);
    expect(others.flatMap(({ shared }) => shared)).toEqual([]);
  });

  it("names nothing where the failing ones are anywhere among the others, or only two", () => {
    const scattered = partialOutage(200, { blocked: 12, scattered: true }).judge();
    expect(scattered.causes.map(({ shared }) => shared)).toEqual([[]]);
    const two = partialOutage(60, { blocked: 2 }).judge();
    expect(two.causes.map(({ shared }) => shared)).toEqual([[]]);
  });

  it("does not take for a product of the failing ones what only their retransmissions tell", () => {
    const { causes } = partialOutage(100, { blocked: 20, scattered: true }).judge();
    expect(causes[0]?.tunnels[0]?.implementations[0]?.by).toBe("back-off");
    expect(causes[0]?.shared).toEqual([]);
  });

  it("names the moment from which on all setups failed", () => {
    const peers = 100;
    const changed = partialOutage(peers, { blocked: 20, scattered: true, fromNumber: 80 }).judge();
    expect(changed.causes[0]?.shared).toMatchObject([
      { property: "set-up", failing: 20, working: 0, workingOf: 80 },
    ]);
  });

  it("names what all have in common where nothing works, and says that there is nothing to compare", () => {
    const { causes } = partialOutage(20, { unanswered: 20 }).judge();
    expect(causes[0]?.shared.map(({ text, workingOf }) => [inEnglish(text), workingOf])).toEqual([
      ["responder 192.0.2.1", 0],
      ["IKEv2", 0],
    ]);
  });
});

describe("the first line of many tunnels", () => {
  it("has the worst cause with how many it hits, its peers, since when, and how many causes follow", () => {
    expect(mixed.headline).toBe(
      "13 of 200 tunnels, 12 of them: UDP 500 works, UDP 4500 does not  203.0.113.10-.21 -> 192.0.2.1, since 22:13:23 UTC; 2 more causes below",
    );
    expect(mixed.confidence).toBe("likely");
  });

  it("has the finding of the tunnel itself where it is only one", () => {
    const { headline } = partialOutage(20, { wrongKeys: 1 }).judge();
    expect(headline).toMatch(
      /^1 of 20 tunnels: 192\.0\.2\.1 rejects the authentication .* {2}20\.0\.0\.19 -> 192\.0\.2\.1, since /,
    );
  });

  it("shows times by the clock that is asked for", () => {
    expect(inEnglish(headlineOf(mixed, clockOf("Europe/Berlin") ?? UTC))).toContain(
      "since 23:13:23 Europe/Berlin",
    );
  });

  it("stays as it is where tunnels are few: each is shown", () => {
    expect(partialOutage(6, { blocked: 2 }).judge().headline).toMatch(
      /^2 of 6 tunnels, first: 203\.0\.113\.10 -> /,
    );
  });
});

describe("the peers of a cause", () => {
  it("are put together by the end that they have in common, from initiators to responders", () => {
    const texts = peerGroups(mixed.tunnels).map((group) => peerGroupText(group, 3));
    expect(texts).toEqual(["20.0.0.0/24 (188), 203.0.113.0/24 (12) -> 192.0.2.1"]);
  });

  it("that share no end are ranges at both ends", () => {
    const { tunnels } = pairs(30).judge();
    const texts = peerGroups(tunnels).map((group) => peerGroupText(group, 3));
    expect(texts).toEqual(["192.0.2.10-.39 -> 198.51.100.10-.39"]);
  });

  it("beside others that share one are a group of their own", () => {
    const talk = pairs(4);
    const gateway = talk.host("203.0.113.1", {}, "responder");
    for (let number = 0; number < 5; number++) {
      setsUpBetween(talk, talk.host(`192.0.2.${100 + number}`), gateway, { from: number, sa: talk.newSa() });
    }
    expect(peerGroups(talk.judge().tunnels).map((group) => peerGroupText(group, 3))).toEqual([
      "192.0.2.100-.104 -> 203.0.113.1",
      "192.0.2.10-.13 -> 198.51.100.10-.13",
    ]);
  });
});

/** Tunnels of which each has two ends of its own. */
function pairs(count: number): Scenario {
  const talk = scenario();
  for (let number = 10; number < 10 + count; number++) {
    const [one, other] = [talk.host(`192.0.2.${number}`), talk.host(`198.51.100.${number}`, {}, "responder")];
    setsUpBetween(talk, one, other, { from: number, sa: talk.newSa() });
  }
  return talk;
}
