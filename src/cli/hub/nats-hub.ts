import { systemReason } from "../../capture/node/system-error.js";
import { errorMessage, literal, UsageError } from "../exit.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import { setTimeout as wait } from "node:timers/promises";
import type { NatsConnection } from "@nats-io/transport-node";
import { readEvent } from "../../fleet/event/read.js";
import { Fleet } from "../../fleet/fleet.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import { type FleetEvent, fleetEventJson, fleetEventText } from "../../report/fleet/event.js";
import { jsonLine } from "../../report/live/event-json.js";
import type { Presentation } from "../../report/presentation.js";
import { type EventStream, ensureStreams, storedEvents } from "../nats/event-stream.js";
import { connectNats, hostsOf, type NatsPackages, natsPackages, type NatsServer } from "../nats/server.js";
import type { EventOutput } from "../live/event-output.js";
import { forTerminal } from "../outputs/charset.js";
import { print } from "../outputs/standard-output.js";
import type { Served } from "./hub-metrics.js";
import type { HubView } from "./hub-view.js";
import { SharedFleet } from "./sharing/shared-fleet.js";

/**
 * ms of events that are read again at the start. Each tunnel is told of once a minute with all of its counters: so much of the
 * stream has every tunnel twice, and the counters need no other place.
 */
const READ_AGAIN = 180_000;
/** ms between two judgements at least, and how much of the time they may take. */
const JUDGE_EVERY = 3000;
const SHARE_OF_JUDGING = 0.3;
/** ms that a hub which ends has to leave its shares to others. */
const GRACE = 2000;
const MICROS = 1000;

export interface FollowOptions {
  readonly format: "text" | "json";
  readonly presentation: Presentation;
  readonly signal: AbortSignal;
  readonly say: (message: Message) => void;
  readonly leaseMs: number;
  /** Servers of a cluster that keep each stream; null to leave that as it is. */
  readonly replicas: number | null;
  /** Gets every event too. */
  readonly json: EventOutput<FleetEvent> | null;
  /** Serves it while it is followed. */
  readonly serve: (fleet: { view(): HubView }) => Promise<readonly Served[]>;
}

/** Reads what is stored now, and gives what is concluded from it. */
export async function judgeStored(
  server: NatsServer,
  tell: (message: Message) => void,
): Promise<FleetJudgement> {
  const { packages, connection } = await connected(server, null);
  const fleet = new Fleet();
  try {
    for await (const event of storedEvents(packages, connection, new Date(Date.now() - READ_AGAIN))) {
      if (event === null) break;
      const read = readEvent(event.line);
      if (typeof read === "string") tell(say`an event is left out: ${literal(read)}`);
      else fleet.take(read, event.arrival);
    }
  } catch (error) {
    throw new UsageError(say`the server's JetStream: ${systemReason(error)}`);
  } finally {
    await connection.close();
  }
  return fleet.judge(Date.now() * MICROS);
}

/** Follows the events of all gateways until it is told to end, and prints what is raised and cleared. */
export async function followEvents(server: NatsServer, options: FollowOptions): Promise<void> {
  const { format, presentation, signal, say: complain, leaseMs, replicas, serve, json } = options;
  const { clock, texts } = presentation;
  const lineOf = (event: FleetEvent): string =>
    format === "json"
      ? jsonLine(fleetEventJson(event))
      : forTerminal(fleetEventText(event, clock, texts), texts.language);
  const { packages, connection, stream } = await connected(server, replicas);
  const fleet = await SharedFleet.open(packages, connection, stream, {
    leaseMs,
    texts,
    say: complain,
    tell: async (event) => {
      json?.event(event);
      await print([`${lineOf(event)}\n`]);
    },
  });
  const served = await serve(fleet).catch(async (error: unknown) => {
    // An open connection would keep the program.
    await connection.close();
    throw error;
  });
  for (const { url } of served) complain(verbatim(url));
  complain(say`events of ${verbatim(hostsOf(server))} are followed`);
  // A server that does not answer must not keep the program.
  signal.addEventListener("abort", () => setTimeout(() => void connection.close(), GRACE).unref(), {
    once: true,
  });
  const hosts = verbatim(hostsOf(server));
  let isTroubled = false;
  const renewed = (): void => {
    if (isTroubled) complain(say`events of ${hosts} are followed again`);
    isTroubled = false;
  };
  while (!signal.aborted) {
    try {
      await follow(packages, connection, { fleet, signal, renewed });
    } catch (error) {
      if (signal.aborted) break;
      // A server that is away for hours is told once.
      if (!isTroubled) complain(say`${hosts}: ${errorMessage(error)}; tried again`);
      isTroubled = true;
      await wait(1000, undefined, { signal }).catch(() => {});
    }
  }
  for (const one of served) await one.close();
  await fleet.giveUp().catch(() => {});
  await json?.end(GRACE);
  await connection.close();
}

interface Following {
  readonly fleet: SharedFleet;
  readonly signal: AbortSignal;
  /** Told when the server has taken the leases: it is there. */
  readonly renewed: () => void;
}

/** Takes events and judges them until it is told to end, or the hub gains shares for which events have to be read again. */
async function follow(
  packages: NatsPackages,
  connection: NatsConnection,
  { fleet, signal, renewed }: Following,
): Promise<void> {
  const renew = async (): Promise<boolean> => {
    const hasGained = await fleet.renew();
    renewed();
    return hasGained;
  };
  if (fleet.isRenewalDue) await renew();
  fleet.restart();
  let isCaughtUp = false;
  let judgedAt = -Infinity;
  let pause = JUDGE_EVERY;
  for await (const event of storedEvents(packages, connection, new Date(Date.now() - READ_AGAIN))) {
    if (signal.aborted) return;
    if (fleet.isRenewalDue && (await renew())) return;
    if (event === null) fleet.caughtUp();
    else fleet.take(event);
    isCaughtUp ||= event === null || event.pending === 0;
    const began = performance.now();
    if (!isCaughtUp || began - judgedAt < pause) continue;
    await fleet.judge();
    if (fleet.hasGained) return;
    judgedAt = performance.now();
    pause = Math.max(JUDGE_EVERY, (judgedAt - began) / SHARE_OF_JUDGING);
  }
}

async function connected(
  server: NatsServer,
  replicas: number | null,
): Promise<{
  readonly packages: NatsPackages;
  readonly connection: NatsConnection;
  readonly stream: EventStream;
}> {
  const packages = natsPackages();
  const connection = await connectNats(packages, server, {
    name: "ikescope hub",
    inbox: "_INBOX_ikescope_hub",
    waits: false,
  });
  try {
    return { packages, connection, stream: await ensureStreams(packages, connection, replicas) };
  } catch (error) {
    // An open connection would keep the program.
    await connection.close();
    throw error;
  }
}
