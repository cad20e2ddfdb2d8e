import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import type { NatsPackages } from "../../src/cli/nats/server.js";
import type { Published } from "../../src/live/account/published.js";
import { jsonLine } from "../../src/report/live/event-json.js";
import { publishedJson } from "../../src/report/live/published-json.js";
import { account, exchange, ikeSa, message, stream } from "../support/fleet/accounts.js";
import { NatsTestServer } from "../support/fleet/nats-server.js";

/**
 * Simulated gateways against a real server and real hubs: how fast a hub takes events, how far it is behind at the rate of a fleet,
 * its memory, and how soon another hub has the work of one that is killed.
 *
 *   npx tsx test/bench/fleet.ts [GATEWAYS] [TUNNELS EACH] [SECONDS]
 */
const [GATEWAYS = 5000, TUNNELS = 10, SECONDS = 120] = process.argv.slice(2).map(Number);
const IKESCOPE = fileURLToPath(new URL("../../bin/ikescope.js", import.meta.url));
const MINUTE = 55;
const MICROS = 1e6;

const load = createRequire(import.meta.url);
const transport = load("@nats-io/transport-node") as NatsPackages["transport"];
const { jetstream } = load("@nats-io/jetstream") as NatsPackages["jetstream"];

const server = new NatsTestServer();
await server.start();
const hubs = [hub(19_481)];
await until(async () => (await metric(19_481, "ikescope_hub_shares")) === 65);
const connection = await transport.connect({ servers: server.url });
const client = jetstream(connection, { timeout: 20_000 });
const sequences = new Map<number, number>();

/** Everything that a gateway tells once a minute. */
async function publish(gateway: number): Promise<void> {
  const time = Date.now() * 1000;
  const accounts = Array.from({ length: TUNNELS }, (_, at) => accountOf(gateway, at, time));
  const status: Published = {
    kind: "gateway-status",
    time,
    interface: "eth0",
    isCapturing: true,
    recordedSince: time - 3600 * MICROS,
    packets: 1_000_000,
    dropped: 0,
    tunnels: TUNNELS,
    addresses: [],
    hears: { everything: true, port500: true, port4500: true, esp: true },
  };
  const batches = Array.from({ length: Math.ceil(TUNNELS / 10) }, (_, at): Published => ({
    kind: "tunnel-accounts",
    time,
    accounts: accounts.slice(at * 10, at * 10 + 10),
  }));
  for (const event of [status, ...batches]) {
    const sequence = (sequences.get(gateway) ?? 0) + 1;
    sequences.set(gateway, sequence);
    const name = `gw-${gateway}`;
    const origin = { gateway: name, labels: { isp: `isp-${gateway % 7}` }, boot: "b1", sequence };
    const line = jsonLine(publishedJson(event, origin));
    bytes += line.length;
    await client.publish(`ikescope.event.${name}`, line, { msgID: `${name}:b1:${sequence}` });
  }
}

/** Gateway 2n has its tunnels with gateway 2n+1. */
function accountOf(gateway: number, at: number, time: number) {
  const tunnel = (gateway >> 1) * TUNNELS + at;
  const begin = account().since;
  const shift = (one: number): number => one - begin + time - 200 * MICROS;
  const self = gateway % 2 === 0 ? (0 as const) : (1 as const);
  const both = [message(0, { first: 10 }), message(1, { first: 10 })] as const;
  const exchanges = Array.from({ length: 6 }, (_, number) =>
    exchange(
      number,
      ...(both.map((one) => ({ ...one, firstTime: shift(one.firstTime), lastTime: shift(one.lastTime) })) as [
        (typeof both)[0],
        (typeof both)[1],
      ]),
    ),
  );
  const streams = [stream(0, tunnel * 2 + 1000), stream(1, tunnel * 2 + 1001)].map((one) => ({
    ...one,
    firstTime: shift(one.firstTime),
    lastTime: shift(one.lastTime),
  }));
  return account({
    tunnel: at + 1,
    self,
    peers: [`10.${(tunnel >> 16) & 255}.${(tunnel >> 8) & 255}.${tunnel & 255}`, "198.51.100.20"],
    ikeSas: [ikeSa(exchanges, { initiatorSpi: (tunnel + 1).toString(16).padStart(16, "0") })],
    spiPairs: [{ fromFirst: tunnel * 2 + 1000, fromSecond: tunnel * 2 + 1001 }],
    streams,
    since: shift(begin),
    firstTime: shift(begin),
    lastTime: time,
  });
}

let bytes = 0;
try {
  // All gateways at once, as after an outage of the server.
  const startedAt = performance.now();
  await inParallel(
    Array.from({ length: GATEWAYS }, (_, at) => at),
    64,
    publish,
  );
  const published = performance.now() - startedAt;
  await until(
    async () =>
      (await metric(19_481, "ikescope_hub_pending_events")) === 0 &&
      (await metric(19_481, "ikescope_hub_events_total")) >= sum(),
  );
  const drained = performance.now() - startedAt;
  say(
    `${sum()} events of ${Math.round(bytes / 1e6)} MB: stored in ${seconds(published)}, taken after ${seconds(drained)}: ${Math.round(sum() / (drained / 1000))} events/s`,
  );
  say(
    `one judgement ${await metric(19_481, "ikescope_hub_judgement_seconds")} s, tunnels joined ${await metric(19_481, 'ikescope_fleet_tunnels{state="working",ends="2"}')}`,
  );
  // The rate of the fleet, and a second hub half-way.
  const lags: number[] = [];
  const end = Date.now() + SECONDS * 1000;
  let next = 0;
  let due = 0;
  let last = performance.now();
  while (Date.now() < end) {
    const now = performance.now();
    due += ((now - last) / 1000) * (GATEWAYS / MINUTE);
    last = now;
    const many = Math.floor(due);
    due -= many;
    await inParallel(
      Array.from({ length: many }, () => next++ % GATEWAYS),
      16,
      publish,
    );
    lags.push(await metric(19_481, "ikescope_hub_lag_seconds"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  lags.sort((a, b) => a - b);
  const at = (share: number): string =>
    `${((lags[Math.floor(lags.length * share)] ?? 0) * 1000).toFixed(0)} ms`;
  say(
    `at ${Math.round((GATEWAYS / MINUTE) * (1 + Math.ceil(TUNNELS / 10)))} events/s: lag p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(0.9999)}; judgement ${await metric(19_481, "ikescope_hub_judgement_seconds")} s`,
  );
  say(`memory ${Math.round((await metric(19_481, "process_resident_memory_bytes")) / 1e6)} MB`);
  hubs.push(hub(19_482));
  await until(async () => (await metric(19_482, "ikescope_hub_shares")) === 32);
  await until(async () => (await metric(19_482, "ikescope_hub_pending_events")) === 0);
  say(
    `two hubs: memory ${Math.round((await metric(19_481, "process_resident_memory_bytes")) / 1e6)} and ${Math.round((await metric(19_482, "process_resident_memory_bytes")) / 1e6)} MB`,
  );
  const killedAt = performance.now();
  hubs[0]?.kill("SIGKILL");
  await until(async () => (await metric(19_482, "ikescope_hub_shares")) === 65);
  const taken = performance.now() - killedAt;
  await until(
    async () =>
      (await metric(19_482, 'ikescope_fleet_tunnels{state="working",ends="2"}')) >=
        (GATEWAYS * TUNNELS) / 2 && (await metric(19_482, "ikescope_hub_pending_events")) === 0,
  );
  say(
    `a hub is killed: its shares are taken after ${seconds(taken)}, all is judged again after ${seconds(performance.now() - killedAt)}`,
  );
} finally {
  await connection.close();
  for (const one of hubs) one.kill("SIGKILL");
  await server.remove();
}

function hub(port: number): ChildProcess {
  return spawn(process.execPath, [IKESCOPE, "hub", server.url, "--metrics", String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function metric(port: number, name: string): Promise<number> {
  try {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const line = text.split("\n").find((one) => one.startsWith(`${name} `));
    return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
  } catch {
    return Number.NaN;
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 200));
}

async function inParallel<T>(
  all: readonly T[],
  width: number,
  run: (one: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) {
      const one = all[at];
      if (one !== undefined) await run(one);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}

function sum(): number {
  return [...sequences.values()].reduce((all, sequence) => all + sequence, 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
