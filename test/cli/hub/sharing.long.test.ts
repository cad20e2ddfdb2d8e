import { afterEach, beforeEach, describe, expect } from "vitest";
import { Leases, WHOLE } from "../../../src/cli/hub/sharing/leases.js";
import { SharedFleet } from "../../../src/cli/hub/sharing/shared-fleet.js";
import { CLEARED_AFTER, Teller } from "../../../src/cli/hub/sharing/teller.js";
import { ToldFindings } from "../../../src/cli/hub/sharing/told-findings.js";
import type { RaisedNow } from "../../../src/cli/hub/raised.js";
import { type EventStream, ensureStreams } from "../../../src/cli/nats/event-stream.js";
import type { Published } from "../../../src/live/account/published.js";
import type { FleetEvent } from "../../../src/report/fleet/event.js";
import { jsonLine } from "../../../src/report/live/event-json.js";
import { publishedJson } from "../../../src/report/live/published-json.js";
import { textsIn } from "../../../src/texts/languages.js";
import { inEnglish } from "../../../src/texts/texts.js";
import { account, at, FakeGateway, stream } from "../../support/fleet/accounts.js";
import { type NatsClient, natsClient, storedIn } from "../../support/fleet/nats-client.js";
import { HAS_NATS_SERVER } from "../../support/fleet/nats-process.js";
import { NatsTestServer } from "../../support/fleet/nats-server.js";
import { itIf } from "../../support/require.js";

const itWithServer = itIf(HAS_NATS_SERVER, "no nats-server");
const LEASE = 30_000;
const SHARES = WHOLE + 1;

let server: NatsTestServer;
let client: NatsClient;
let events: EventStream;
/** The clock of all hubs, ms. */
let now: number;

beforeEach(async () => {
  if (!HAS_NATS_SERVER) return;
  server = new NatsTestServer();
  await server.start();
  client = await natsClient(server.url);
  events = await ensureStreams(client.packages, client.connection, null);
  now = 0;
});
afterEach(async () => {
  if (!HAS_NATS_SERVER) return;
  await client.connection.close();
  await server.remove();
});

function hub(name: string): Leases {
  return new Leases(client.packages, client.manager, client.bucket, {
    hub: name,
    leaseMs: LEASE,
    now: () => now,
  });
}

/** All of these renew their leases so many times, as time goes on. */
async function renew(times: number, ...hubs: readonly Leases[]): Promise<void> {
  for (let time = 0; time < times; time++) {
    for (const one of hubs) await one.renew();
    now += LEASE / 4;
  }
}

const sharesOf = (...hubs: readonly Leases[]): number[] =>
  hubs.flatMap(({ owned }) => [...owned]).toSorted((a, b) => a - b);
const ALL = Array.from({ length: SHARES }, (_, share) => share);

describe("hubs of one server", () => {
  itWithServer("share all there is equally, each share with one of them", async () => {
    const [one, two, three] = [hub("one"), hub("two"), hub("three")];
    await renew(1, one);
    expect(one.owned.size).toBe(SHARES);
    await renew(3, one, two, three);
    expect(sharesOf(one, two, three)).toEqual(ALL);
    expect([one, two, three].map(({ owned }) => owned.size).toSorted((a, b) => a - b)).toEqual([21, 22, 22]);
  });

  itWithServer("take the shares of one that is gone when its lease is over, and not before", async () => {
    const hubs = [hub("one"), hub("two")];
    await renew(3, ...hubs);
    // The one with the greater part, which wanted no more until then, is as quick as the other one.
    const [left, gone] = hubs.toSorted((a, b) => b.owned.size - a.owned.size);
    if (left === undefined || gone === undefined) throw new Error("two hubs");
    expect([left.owned.size, gone.owned.size]).toEqual([33, 32]);
    await renew(3, left);
    expect(left.owned.size).toBe(33);
    await renew(3, left);
    expect(sharesOf(left)).toEqual(ALL);
  });

  itWithServer("take the shares of one that ends in order at once", async () => {
    const [one, two] = [hub("one"), hub("two")];
    await renew(3, one, two);
    await one.giveUp();
    await renew(1, two);
    expect(sharesOf(two)).toEqual(ALL);
  });

  itWithServer(
    "lose what they did not renew in time, by their own clock and by the others' writes",
    async () => {
      const [one, two] = [hub("one"), hub("two")];
      await renew(1, one);
      now += LEASE;
      expect(ALL.filter((share) => one.has(share))).toEqual([]);
      // Nobody wanted them.
      await renew(1, one);
      expect(ALL.filter((share) => one.has(share))).toEqual(ALL);
      await renew(6, two);
      expect(sharesOf(two)).toEqual(ALL);
      const { lost } = await one.renew();
      expect([lost.length, one.owned.size]).toEqual([SHARES, 0]);
    },
  );
});

const FINDING: RaisedNow = {
  identity: "fleet-esp-stopped branch hq",
  peers: "192.0.2.1 - 192.0.2.2",
  finding: {
    code: "fleet-esp-stopped",
    identity: "fleet-esp-stopped hq branch",
    severity: "critical",
    confidence: "likely",
    gateways: ["branch", "hq"],
    since: null,
    title: "ESP stops",
    headline: "ESP stops",
    summary: "ESP stops",
    evidence: [],
    remedies: [],
  },
};
const SHARE = 5;
const POSITION = { stream: "s", sequence: 10 };

interface TestTeller {
  readonly teller: Teller;
  readonly printed: FleetEvent[];
  readonly fenced: number[];
}

/** The teller of a hub, with the share taken over from whoever had it. */
async function tellerOf(
  name: string,
  { shares = [SHARE], dies = false }: { readonly shares?: readonly number[]; readonly dies?: boolean } = {},
): Promise<TestTeller> {
  const printed: FleetEvent[] = [];
  const fenced: number[] = [];
  const jetstream = client.packages.jetstream.jetstream(client.connection);
  const teller = new Teller({
    client: dies ? { ...jetstream, publish: () => Promise.reject(new Error("killed")) } : jetstream,
    texts: textsIn("en"),
    tell: async (event) => void printed.push(event),
    fenced: (share) => fenced.push(share),
    say: () => {},
    now: () => now,
  });
  for (const share of shares) {
    const told = await ToldFindings.take(client.packages, client.bucket, share, name);
    if (told !== null) teller.gain(share, told);
  }
  return { teller, printed, fenced };
}

/** It is judged that nothing holds, until that has been so for long enough. */
async function tellNothing(teller: Teller): Promise<void> {
  await teller.tell(new Map(), POSITION);
  now += CLEARED_AFTER;
  await teller.tell(new Map(), POSITION);
}

const holds = (share = SHARE): Map<number, readonly RaisedNow[]> => new Map([[share, [FINDING]]]);
const kindsTold = async (): Promise<string[]> =>
  (await storedIn(server.url, "IKESCOPE-FLEET")).map((event) => (event as { event: string }).event);

describe("what a hub tells", () => {
  itWithServer("is told once, however often it is judged and whoever has the share", async () => {
    const one = await tellerOf("one");
    await one.teller.tell(holds(), POSITION);
    await one.teller.tell(holds(), POSITION);
    const two = await tellerOf("two");
    await two.teller.tell(holds(), POSITION);
    await tellNothing(two.teller);
    expect([one.printed.length, two.printed.map(({ kind }) => kind)]).toEqual([1, ["finding-cleared"]]);
    expect(await kindsTold()).toEqual(["finding-raised", "finding-cleared"]);
  });

  itWithServer(
    "is told by who takes over from a hub that was killed between writing and telling",
    async () => {
      const one = await tellerOf("one", { dies: true });
      await expect(one.teller.tell(holds(), POSITION)).rejects.toThrow("killed");
      expect(await kindsTold()).toEqual([]);
      const two = await tellerOf("two");
      await two.teller.tell(holds(), POSITION);
      await two.teller.tell(holds(), POSITION);
      expect([two.printed.length, await kindsTold()]).toEqual([1, ["finding-raised"]]);
    },
  );

  itWithServer("is not told again by who takes over from a hub that was killed after telling", async () => {
    const one = await tellerOf("one");
    await one.teller.tell(holds(), POSITION);
    // It had no time to write that it told it.
    const two = await tellerOf("two");
    await two.teller.tell(holds(), POSITION);
    expect([two.printed.length, await kindsTold()]).toEqual([0, ["finding-raised"]]);
  });

  itWithServer("is nothing where another hub has taken the share meanwhile", async () => {
    const zombie = await tellerOf("zombie");
    await tellerOf("two");
    await zombie.teller.tell(holds(), POSITION);
    expect([zombie.printed.length, zombie.fenced, await kindsTold()]).toEqual([0, [SHARE], []]);
  });

  itWithServer("waits until as much was read as by the hub before", async () => {
    const one = await tellerOf("one");
    await one.teller.tell(holds(), POSITION);
    const two = await tellerOf("two");
    const news = new Map([[SHARE, [FINDING, { ...FINDING, identity: "another one" }]]]);
    await two.teller.tell(news, { ...POSITION, sequence: 9 });
    expect(two.printed).toEqual([]);
    await two.teller.tell(news, { stream: "a new stream", sequence: 1 });
    expect(two.printed.map(({ kind }) => kind)).toEqual(["finding-raised"]);
  });

  itWithServer("is not over where it does not hold between two accounts of a gateway", async () => {
    const { teller, printed } = await tellerOf("one");
    await teller.tell(holds(), POSITION);
    for (let minute = 0; minute < 3; minute++) {
      await teller.tell(new Map(), POSITION);
      now += 60_000;
      await teller.tell(new Map(), POSITION);
      await teller.tell(holds(), POSITION);
    }
    expect(printed.map(({ kind }) => kind)).toEqual(["finding-raised"]);
    await tellNothing(teller);
    expect(printed.map(({ kind }) => kind)).toEqual(["finding-raised", "finding-cleared"]);
  });

  itWithServer("is over if it was raised by another hub and does not hold for 150 s", async () => {
    await (await tellerOf("one")).teller.tell(holds(), POSITION);
    const { teller, printed } = await tellerOf("two");
    for (const [ms, count] of [
      [0, 0],
      [149_999, 0],
      [1, 1],
    ] as const) {
      now += ms;
      await teller.tell(new Map(), POSITION);
      expect([ms, printed.length]).toEqual([ms, count]);
    }
  });

  itWithServer("goes with a tunnel that comes into another share", async () => {
    const one = await tellerOf("one", { shares: [SHARE, 6] });
    await one.teller.tell(holds(), POSITION);
    await one.teller.tell(holds(6), POSITION);
    await tellNothing(one.teller);
    expect(one.printed.map(({ kind }) => kind)).toEqual(["finding-raised", "finding-cleared"]);
  });
});

/** A whole hub, what it says on standard error, and the findings that it prints. `clock`: its own one, which may stand still. */
async function sharedFleet(clock: () => number = () => now): Promise<{
  readonly fleet: SharedFleet;
  readonly said: string[];
  readonly printed: FleetEvent[];
}> {
  const said: string[] = [];
  const printed: FleetEvent[] = [];
  const fleet = await SharedFleet.open(client.packages, client.connection, events, {
    leaseMs: LEASE,
    now: clock,
    texts: textsIn("en"),
    say: (message) => void said.push(inEnglish(message)),
    tell: async (event) => void printed.push(event),
  });
  return { fleet, said, printed };
}

/** All of these renew their leases so many times, as time goes on. */
async function renewFleets(times: number, ...fleets: readonly SharedFleet[]): Promise<void> {
  for (let time = 0; time < times; time++) {
    for (const one of fleets) await one.renew();
    now += LEASE / 4;
  }
}

/** Two gateways between which ESP stops, as the stream has their events. */
function takeLostEsp(fleet: SharedFleet): void {
  const streams = [stream(0, 1), stream(1, 2)];
  const arrived = [stream(0, 1, { packets: 40, highestSequence: 40, lastTime: at(40) }), stream(1, 2)];
  const [branch, hq] = [new FakeGateway("branch"), new FakeGateway("hq")];
  const all = [
    branch.status(110),
    branch.accounts(110, account({ self: 0, streams })),
    hq.status(110),
    hq.accounts(110, account({ self: 1, streams: arrived })),
  ];
  for (const [index, event] of all.entries()) {
    const published: Published =
      event.kind === "gateway-status"
        ? { kind: event.kind, ...event.status }
        : { kind: "tunnel-accounts", time: event.time, accounts: "accounts" in event ? event.accounts : [] };
    const line = jsonLine(publishedJson(published, event.origin));
    fleet.take({ line, arrival: Date.now() * 1000, sequence: index + 1, pending: 0 });
  }
  fleet.caughtUp();
}

const sharesIn = ({ fleet }: { readonly fleet: SharedFleet }): number => fleet.view().work.shares;
const FENCED =
  "other hubs have taken 65 shares that this hub did not renew within 30 s: it tells nothing more of them, and takes part again";

describe("a hub that stood still for longer than its lease", () => {
  itWithServer("says so in one line, counts it, and takes part again", async () => {
    const [zombie, other] = [await sharedFleet(), await sharedFleet()];
    await renewFleets(1, zombie.fleet);
    await renewFleets(6, other.fleet);
    expect([sharesIn(zombie), sharesIn(other)]).toEqual([SHARES, SHARES]);
    await zombie.fleet.renew();
    expect([sharesIn(zombie), zombie.said]).toEqual([0, [FENCED]]);
    await renewFleets(4, other.fleet, zombie.fleet);
    expect([sharesIn(zombie), sharesIn(other)]).toEqual([32, 33]);
    expect([zombie.said, zombie.fleet.view().work.fenced]).toEqual([[FENCED], SHARES]);
    expect([other.said, other.fleet.view().work.fenced]).toEqual([[], 0]);
  });

  itWithServer("tells nothing where it goes on judging as if nothing had happened", async () => {
    const zombie = await sharedFleet(() => 0);
    const other = await sharedFleet();
    await renewFleets(1, zombie.fleet);
    takeLostEsp(zombie.fleet);
    await renewFleets(6, other.fleet);
    await zombie.fleet.judge();
    expect(zombie.printed).toEqual([]);
    expect(zombie.fleet.isRenewalDue).toBe(true);
    await zombie.fleet.renew();
    expect([zombie.said, zombie.fleet.view().work.fenced]).toEqual([[FENCED], SHARES]);
    takeLostEsp(other.fleet);
    await other.fleet.judge();
    expect(other.printed.map(({ code }) => code)).toEqual(["fleet-esp-stopped"]);
  });

  itWithServer("is another matter than hubs that come and go in order", async () => {
    const [one, two] = [await sharedFleet(), await sharedFleet()];
    await renewFleets(2, one.fleet);
    await renewFleets(4, one.fleet, two.fleet);
    expect([sharesIn(one), sharesIn(two)].toSorted((a, b) => a - b)).toEqual([32, 33]);
    await two.fleet.giveUp();
    await renewFleets(1, one.fleet);
    expect(sharesIn(one)).toBe(SHARES);
    expect([...one.said, ...two.said, one.fleet.view().work.fenced]).toEqual([0]);
  });
});
