import { join } from "node:path";
import type { JetStreamManager, StreamInfo } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { NatsPublishTarget } from "../../../src/cli/live/publish/nats-publish-target.js";
import { Publisher } from "../../../src/cli/live/publish/publisher.js";
import { connectNats, type NatsFlags, natsPackages, natsServer } from "../../../src/cli/nats/server.js";
import { HUB_BUCKET, STREAM, TOLD_STREAM } from "../../../src/cli/nats/subjects.js";
import type { Message } from "../../../src/texts/message.js";
import { inEnglish } from "../../../src/texts/texts.js";
import { account, at, captureStatus, stream } from "../../support/fleet/accounts.js";
import { MEMBERS, type MemberName, NatsTestCluster } from "../../support/fleet/nats-cluster.js";
import { HAS_NATS_SERVER } from "../../support/fleet/nats-process.js";
import type { ShippedUser } from "../../support/fleet/shipped-configuration.js";
import { HAS_PKI } from "../../support/fleet/tls-files.js";
import { eventually } from "../../support/live/eventually.js";
import { IKESCOPE, LiveRun } from "../../support/live/live-run.js";
import { itIf } from "../../support/require.js";

const itWithServers = itIf(HAS_NATS_SERVER && HAS_PKI, "no nats-server, or no pki");
const PATIENCE = 600_000;
/** Events of a stream that runs while a server is killed. */
const FLOOD = 1500;
const SPOOL_BYTES = 256 * 1024 * 1024;
const STREAMS = [STREAM, TOLD_STREAM, `KV_${HUB_BUCKET}`];

/** A gateway of this process: what it tells, and what its spool says. */
interface Gateway {
  readonly name: string;
  readonly publisher: Publisher;
  readonly target: NatsPublishTarget;
  readonly said: string[];
  /** Events that it has published. */
  count: number;
}

let cluster: NatsTestCluster;
let connection: NatsConnection;
let manager: JetStreamManager;
let hubs: LiveRun[] = [];
let gateways: Gateway[] = [];

beforeEach(async () => {
  cluster = new NatsTestCluster();
  if (HAS_NATS_SERVER && HAS_PKI) await cluster.start();
});
afterEach(async () => {
  for (const hub of hubs) await hub.kill();
  for (const { target } of gateways) await target.end(0);
  await connection?.close();
  await cluster.remove();
  [hubs, gateways] = [[], []];
});

function serverAs(user: ShippedUser): ReturnType<typeof natsServer> {
  const [, natsCreds = "", , natsCa = ""] = cluster.as(user);
  return natsServer(cluster.url, { natsCreds, natsCa } satisfies NatsFlags);
}

async function connect(): Promise<void> {
  const packages = natsPackages();
  const names = { name: "test", inbox: "_INBOX_ikescope_hub", waits: false };
  connection = await connectNats(packages, serverAs("HUB"), names);
  manager = await packages.jetstream.jetstreamManager(connection);
}

async function startHub(): Promise<LiveRun> {
  const args = ["hub", cluster.url, "--replicas", "3", "-f", "json", ...cluster.as("HUB")];
  const hub = new LiveRun([process.execPath, IKESCOPE, ...args]);
  hubs.push(hub);
  await hub.until("a hub", () => (hub.stderr.includes("are followed") ? true : undefined));
  return hub;
}

async function startGateway(name: string, user: ShippedUser): Promise<Gateway> {
  const said: string[] = [];
  const target = new NatsPublishTarget(serverAs(user), {
    gateway: name,
    spool: join(cluster.folder, "spool"),
    spoolBytes: SPOOL_BYTES,
    say: (message: Message) => void said.push(inEnglish(message)),
  });
  await target.open();
  const gateway = { name, publisher: new Publisher(target, name, {}), target, said, count: 0 };
  gateways.push(gateway);
  return gateway;
}

function tellStatus(gateway: Gateway, times = 1): void {
  for (let time = 0; time < times; time++) gateway.publisher.status(captureStatus(110));
  gateway.count += times;
}

/** The address of the initiator of that tunnel, by which it is known again in what is told. */
const addressOf = (tunnel: number): string => `192.0.2.${tunnel}`;

/** ESP of a further tunnel stops between the two gateways. */
function breakTunnel(tunnel: number, branch: Gateway, hq: Gateway): void {
  const [out, back] = [tunnel * 10, tunnel * 10 + 1];
  const common = {
    tunnel,
    peers: [addressOf(tunnel), "198.51.100.20"],
    spiPairs: [{ fromFirst: out, fromSecond: back }],
  } as const;
  const stopped = stream(0, out, { packets: 40, highestSequence: 40, lastTime: at(40) });
  for (const gateway of [branch, hq]) tellStatus(gateway);
  const sent = [stream(0, out), stream(1, back)];
  branch.publisher.accounts([account({ ...common, self: 0, streams: sent })], at(110));
  hq.publisher.accounts([account({ ...common, self: 1, streams: [stopped, stream(1, back)] })], at(110));
  branch.count++;
  hq.count++;
}

/** An answer of the cluster, which may have no leader for some seconds. */
async function answered<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  return eventually(
    () => what,
    () => ask().catch(() => undefined),
  );
}

const infoOf = (name: string): Promise<StreamInfo> => manager.streams.info(name);

async function areWhole(): Promise<void> {
  for (const name of STREAMS) {
    let last = "";
    await answered(`three current replicas of ${name}; the last answer was ${last}`, async () => {
      const { cluster: state, config } = await infoOf(name);
      last = JSON.stringify(state);
      const replicas = state?.replicas ?? [];
      const isCurrent =
        replicas.length === 2 && replicas.every(({ current, offline }) => current && !(offline ?? false));
      return config.num_replicas === 3 && isCurrent ? true : undefined;
    });
  }
}

function memberOf(name: string | undefined): MemberName {
  const member = MEMBERS.find((one) => one === name);
  if (member === undefined) throw new Error(`no server of the cluster: ${name}`);
  return member;
}

/** The server that leads the stream of events, and one that a hub reads it through. */
const leader = (): Promise<MemberName> =>
  answered("a leader", async () => memberOf((await infoOf(STREAM)).cluster?.leader));
const reader = (): Promise<MemberName> =>
  answered("a consumer", async () => {
    const [consumer] = await manager.consumers.list(STREAM).next();
    return memberOf(consumer?.cluster?.leader);
  });

/** Kills a server in the middle of a stream of events. */
async function killWithin(flood: () => void, name: MemberName): Promise<void> {
  const { messages } = (await infoOf(STREAM)).state;
  flood();
  await answered("the beginning of the flood", async () =>
    (await infoOf(STREAM)).state.messages > messages + FLOOD / 10 ? true : undefined,
  );
  await cluster.kill(name);
}

async function messagesIn(name: string): Promise<Record<string, unknown>[]> {
  const { first_seq: first, last_seq: last } = (await infoOf(name)).state;
  const messages: Record<string, unknown>[] = [];
  for (let seq = Math.max(1, first); seq <= last; seq++) {
    const message = await manager.streams.getMessage(name, { seq });
    if (message !== null) messages.push(message.json());
  }
  return messages;
}

/** Tunnels of which the hubs told that ESP stops, one for each time that they did. */
async function tunnelsTold(): Promise<string[]> {
  const told = await messagesIn(TOLD_STREAM);
  return told
    .filter(({ event }) => event === "finding-raised")
    .map((event) => /192\.0\.2\.\d+/.exec(JSON.stringify(event))?.[0] ?? JSON.stringify(event));
}

const isTold = (tunnel: number): Promise<true> =>
  answered(
    `what hubs tell of tunnel ${tunnel}; they said ${hubs.map(({ stderr }) => stderr).join("")}`,
    async () => ((await tunnelsTold()).includes(addressOf(tunnel)) ? true : undefined),
  );

describe("a cluster of three servers, by the configuration that is shipped", () => {
  itWithServers(
    "loses nothing and tells nothing twice, though its servers are killed one after the other, and one is replaced",
    async () => {
      const first = await startHub();
      await startHub();
      await connect();
      await areWhole();
      const [branch, hq] = [await startGateway("branch", "BRANCH"), await startGateway("hq", "HQ")];
      breakTunnel(1, branch, hq);
      await isTold(1);

      // The server that leads the stream.
      const lost = await leader();
      await killWithin(() => tellStatus(branch, FLOOD), lost);
      breakTunnel(2, branch, hq);
      await isTold(2);
      await cluster.restart(lost);
      await areWhole();

      // The server through which a hub reads: what it reads through is gone with it.
      const second = await reader();
      await killWithin(() => tellStatus(hq, FLOOD), second);
      breakTunnel(3, branch, hq);
      await isTold(3);

      // One server of three keeps nothing: gateways keep it for themselves, and hubs wait, until there are two again.
      const third = memberOf(MEMBERS.find((name) => name !== second && name !== lost));
      await cluster.kill(third);
      breakTunnel(4, branch, hq);
      await eventually(
        () => `a word of the gateway; it said ${branch.said.join("; ")}`,
        () => branch.said.find((line) => line.includes("does not take events")),
      );
      await first.until("a word of the hub", () => (first.stderr.includes("tried again") ? true : undefined));
      await cluster.restart(third);
      await isTold(4);

      // Another machine in the place of the second one.
      await cluster.restart(second, { isEmpty: true });
      await areWhole();
      await cluster.kill(third);
      breakTunnel(5, branch, hq);
      await isTold(5);

      expect((await tunnelsTold()).toSorted()).toEqual([1, 2, 3, 4, 5].map(addressOf));
      const events = await messagesIn(STREAM);
      for (const { name, count } of [branch, hq]) {
        const own = events.filter(({ gateway }) => gateway === name).map(({ sequence }) => Number(sequence));
        expect([name, own]).toEqual([name, Array.from({ length: count }, (_, sequence) => sequence + 1)]);
      }
      for (const hub of hubs) hub.signal("SIGTERM");
      const ends = await Promise.all(hubs.map((hub) => hub.end()));
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      const raised = ends.flatMap(({ stdout }) => stdout.match(/"finding-raised".*?192\.0\.2\.\d+/g) ?? []);
      expect(raised).toHaveLength(5);
    },
    PATIENCE,
  );
});
