import { setTimeout as wait } from "node:timers/promises";
import type { NatsConnection } from "@nats-io/transport-node";
import { Fleet } from "../../fleet/fleet.js";
import { readEvent } from "../../fleet/event/read.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import { jsonLine } from "../../report/live/event-json.js";
import { type FleetEvent, fleetEventJson, fleetEventText, raisedEvent } from "../../report/fleet/event.js";
import type { Presentation } from "../../report/presentation.js";
import { ensureStream, type StoredEvent, storedEvents } from "../nats/event-stream.js";
import { connectNats, hostsOf, type NatsPackages, natsPackages, type NatsServer } from "../nats/server.js";
import { forTerminal } from "../outputs/charset.js";
import { print } from "../outputs/standard-output.js";
import { peersOf, raisedIn } from "./raised.js";
import { RaisedStore } from "./raised-store.js";

/**
 * ms of events that are read again at the start. Each tunnel is told of once a minute with all of its counters: so much of the
 * stream has every tunnel twice, and the state needs no other place.
 */
const READ_AGAIN = 180_000;
/** ms between two judgements. */
const JUDGE_EVERY = 3000;
/** A finding of an earlier run that does not hold now is cleared after so long, ms: until then a gateway may not have told of it. */
const WARM_UP = 150_000;
const MICROS = 1000;

/** Reads what is stored now, and gives what is concluded from it. */
export async function judgeStored(server: NatsServer, say: (text: string) => void): Promise<FleetJudgement> {
  const { packages, connection } = await connected(server);
  const fleet = new Fleet();
  try {
    for await (const event of storedEvents(packages, connection, new Date(Date.now() - READ_AGAIN))) {
      if (event === null) break;
      take(fleet, event, say);
    }
  } finally {
    await connection.close();
  }
  return fleet.judge(Date.now() * MICROS);
}

/** Follows the events of all gateways until it is told to end, and prints what is raised and cleared. */
export async function followEvents(
  server: NatsServer,
  {
    format,
    presentation,
    signal,
    say,
  }: {
    readonly format: "text" | "json";
    readonly presentation: Presentation;
    readonly signal: AbortSignal;
    readonly say: (text: string) => void;
  },
): Promise<void> {
  const { clock, texts } = presentation;
  const lineOf = (event: FleetEvent): string =>
    format === "json"
      ? jsonLine(fleetEventJson(event))
      : forTerminal(fleetEventText(event, clock, texts), texts.language);
  const { packages, connection } = await connected(server);
  signal.addEventListener("abort", () => void connection.close(), { once: true });
  const fleet = new Fleet();
  const store = await RaisedStore.open(packages, connection);
  const told = new Teller(store, presentation, async (event) => print([`${lineOf(event)}\n`]));
  await told.begin();
  let judgedAt = performance.now();
  let isCaughtUp = false;
  say(`events of ${hostsOf(server)} are followed`);
  while (!signal.aborted) {
    try {
      for await (const event of storedEvents(packages, connection, new Date(Date.now() - READ_AGAIN))) {
        if (event !== null) take(fleet, event, say);
        isCaughtUp ||= event === null || event.pending === 0;
        if (!isCaughtUp || performance.now() - judgedAt < JUDGE_EVERY) continue;
        judgedAt = performance.now();
        await told.tell(fleet.judge(Date.now() * MICROS));
      }
    } catch (error) {
      if (signal.aborted) return;
      say(`${hostsOf(server)}: ${error instanceof Error ? error.message : String(error)}; tried again`);
      await wait(1000, undefined, { signal }).catch(() => {});
    }
  }
}

async function connected(
  server: NatsServer,
): Promise<{ readonly packages: NatsPackages; readonly connection: NatsConnection }> {
  const packages = natsPackages();
  const connection = await connectNats(packages, server, {
    name: "ikescope hub",
    inbox: "_INBOX_ikescope_hub",
    waits: false,
  });
  try {
    await ensureStream(packages, connection);
  } catch (error) {
    // An open connection would keep the program.
    await connection.close();
    throw error;
  }
  return { packages, connection };
}

function take(fleet: Fleet, { line, arrival }: StoredEvent, say: (text: string) => void): void {
  const event = readEvent(line);
  if (typeof event === "string") say(`an event is left out: ${event}`);
  else fleet.take(event, arrival);
}

/** Tells what is news, once among all hubs. */
class Teller {
  readonly #store: RaisedStore;
  readonly #presentation: Presentation;
  readonly #tell: (event: FleetEvent) => Promise<void>;
  /** Findings that were raised when it was told last, by their identity. */
  readonly #raised = new Map<string, FleetEvent>();
  readonly #began = performance.now();
  /** Findings of an earlier run, or of another hub, that were not seen to hold yet. */
  readonly #earlier = new Set<string>();

  constructor(store: RaisedStore, presentation: Presentation, tell: (event: FleetEvent) => Promise<void>) {
    this.#store = store;
    this.#presentation = presentation;
    this.#tell = tell;
  }

  async begin(): Promise<void> {
    for (const { identity, told } of await this.#store.all()) {
      this.#raised.set(identity, told as FleetEvent);
      this.#earlier.add(identity);
    }
  }

  async tell(judgement: FleetJudgement): Promise<void> {
    const now = Date.now() * MICROS;
    const holds = raisedIn(judgement);
    for (const [identity, { finding, tunnel }] of holds) {
      this.#earlier.delete(identity);
      if (this.#raised.has(identity)) continue;
      const peers = tunnel === null ? null : peersOf(tunnel);
      const event = raisedEvent(finding, peers, now, this.#presentation.texts);
      this.#raised.set(identity, event);
      if (await this.#store.raise({ identity, told: event })) await this.#tell(event);
    }
    const isWarm = performance.now() - this.#began > WARM_UP;
    for (const [identity, event] of this.#raised) {
      if (holds.has(identity) || (!isWarm && this.#earlier.has(identity))) continue;
      this.#raised.delete(identity);
      this.#earlier.delete(identity);
      if (await this.#store.clear(identity))
        await this.#tell({ ...event, kind: "finding-cleared", time: now });
    }
  }
}
