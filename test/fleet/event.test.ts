import { describe, expect, it } from "vitest";
import { type GatewayEvent, readEvent } from "../../src/fleet/event/read.js";
import type { AccountedStream } from "../../src/live/account/account.js";
import { renderFleetJson } from "../../src/report/fleet/json.js";
import { jsonLine } from "../../src/report/live/event-json.js";
import { publishedJson } from "../../src/report/live/published-json.js";
import { packetsOf } from "../support/capture/places.js";
import { SeededRandom } from "../support/capture/random.js";
import { account, at, stream } from "../support/fleet/accounts.js";
import { joinedFrom } from "../support/fleet/join.js";
import { publishedLines } from "../support/fleet/publish.js";
import { fleetFaultsOf, publishedFaultsOf } from "../support/schema.js";
import { SEED } from "../support/seed.js";

const SCENARIOS = ["path-lost", "healthy-ikev2-nat", "wrong-psk-ikev1-main", "healthy-esp-rekeys"];
const FILES = SCENARIOS.flatMap((name) => [`${name}-initiator.pcap`, `${name}-responder.pcap`]);

describe("published events", () => {
  it.each(FILES)("%s: are as the committed schema has them, and are read", async (file) => {
    const [packets = []] = await packetsOf([file]);
    const lines = publishedLines(packets, { gateway: "hq", labels: { isp: "north" } });
    expect(lines.flatMap(publishedFaultsOf)).toEqual([]);
    expect(lines.map((line) => readEvent(line)).filter((event) => typeof event === "string")).toEqual([]);
    expect(lines.length).toBeGreaterThan(3);
  });

  it("are numbered without a gap, and named by gateway, boot and number", async () => {
    const [packets = []] = await packetsOf(["path-lost-initiator.pcap"]);
    const events = publishedLines(packets, { gateway: "hq" }).map(
      (line) => JSON.parse(line) as Record<string, unknown>,
    );
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ id: "hq:hq1:1", gateway: "hq", boot: "hq1" });
  });

  it("hold no key and no payload: no run of 24 hex digits or more, and nothing in base64", async () => {
    const all = await packetsOf(FILES);
    const text = all.flatMap((packets) => publishedLines(packets, { gateway: "hq" })).join("\n");
    expect(/[0-9a-f]{24}/i.exec(text)?.[0]).toBeUndefined();
    expect(/[A-Za-z0-9+/]{40,}={0,2}/.exec(text)?.[0]).toBeUndefined();
  });

  it("that are damaged are refused with the field that is wrong, and never break the reader", async () => {
    const [packets = []] = await packetsOf(["path-lost-initiator.pcap"]);
    const lines = publishedLines(packets, { gateway: "hq" });
    const random = new SeededRandom(SEED);
    for (let round = 0; round < 2000; round++) {
      const line = lines[random.below(lines.length)] ?? "";
      const where = random.below(line.length);
      const cut =
        line.slice(0, where) + (random.below(2) === 0 ? "9" : "") + line.slice(where + random.below(4));
      const event = readEvent(cut);
      if (typeof event === "string") expect(event).toMatch(/^(the|schema|[a-zA-Z.0-9[\]]+ is not)/);
    }
  });

  it.each([
    ["[]", "the event is not an object"],
    ["{", "the line is no JSON"],
    ['{"schema":"ikescope.live-event/1"}', "schema is not ikescope.live-event/2"],
    ['{"schema":"ikescope.live-event/2","gateway":"a b"}', "gateway is not /^[A-Za-z0-9_-]{1,64}$/"],
  ])("%s is refused: %s", (line, reason) => {
    expect(readEvent(line)).toBe(reason);
  });
});

describe("the judgement as JSON", () => {
  it.each(SCENARIOS)("%s: is as the committed schema has it", async (name) => {
    const [one = [], other = []] = await packetsOf([`${name}-initiator.pcap`, `${name}-responder.pcap`]);
    const judgement = joinedFrom(
      publishedLines(one, { gateway: "branch" }),
      publishedLines(other, { gateway: "hq" }),
    );
    expect(fleetFaultsOf([...renderFleetJson(judgement)].join(""))).toEqual([]);
  });
});

describe("the account of a gateway that does not say how late packets came", () => {
  it.each([
    [2, 4096],
    [0, 0],
  ])("of %i late ones takes the latest to be %i numbers behind", (late, deepest) => {
    const accounts = [account({ streams: [stream(0, 1, { late, deepest: 7 })] })];
    const origin = { gateway: "hq", labels: {}, boot: "b1", sequence: 1 };
    const line = jsonLine(publishedJson({ kind: "tunnel-accounts", time: at(0), accounts }, origin));
    const [read] = accountedIn(readEvent(line.replace(',"deepest":7', "")));
    expect(read?.deepest).toBe(deepest);
    expect(accountedIn(readEvent(line))[0]?.deepest).toBe(7);
  });
});

/** The streams of the tunnels of an event. */
function accountedIn(event: GatewayEvent | string): readonly AccountedStream[] {
  if (typeof event === "string" || event.kind !== "tunnel-accounts") return [];
  return event.accounts.flatMap(({ streams }) => streams);
}

describe("the accounts of two events", () => {
  it("share what both have: a hub keeps millions of addresses", () => {
    const read = (sequence: number) => {
      const origin = { gateway: "hq", labels: {}, boot: "b1", sequence };
      const accounts = [account({ streams: [stream(0, 1)] })];
      const event = readEvent(
        jsonLine(publishedJson({ kind: "tunnel-accounts", time: at(1), accounts }, origin)),
      );
      return typeof event !== "string" && event.kind === "tunnel-accounts"
        ? event.accounts[0]?.streams[0]
        : null;
    };
    const [one, other] = [read(1), read(2)];
    expect(one).toEqual(other);
    expect(one?.source).toEqual(stream(0, 1).source);
    expect(one?.source).toBe(other?.source);
  });
});
