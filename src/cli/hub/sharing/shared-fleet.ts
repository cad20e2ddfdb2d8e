import { literal } from "../../exit.js";
import { type Message, say } from "../../../texts/message.js";
import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { readEvent } from "../../../fleet/event/read.js";
import { Fleet } from "../../../fleet/fleet.js";
import type { Gateway } from "../../../fleet/gateway.js";
import { homeOf, partitionsOf } from "../../../fleet/partitions.js";
import { merged, summaryOf, type TunnelSummary, withRaised } from "../../../fleet/summary.js";
import { judgeWhole } from "../../../fleet/whole.js";
import type { FleetEvent } from "../../../report/fleet/event.js";
import { peersText } from "../../../report/fleet/peers.js";
import type { Texts } from "../../../texts/texts.js";
import type { EventStream, StoredEvent } from "../../nats/event-stream.js";
import { making } from "../../nats/making.js";
import type { NatsPackages } from "../../nats/server.js";
import { openBucket } from "../../nats/bucket.js";
import { HUB_BUCKET } from "../../nats/subjects.js";
import type { HubView } from "../hub-view.js";
import { raisedInWhole, type RaisedNow, raisedOf } from "../raised.js";
import { Leases, WHOLE } from "./leases.js";
import { OtherShares } from "./other-shares.js";
import { StreamReading } from "./stream-reading.js";
import { Teller } from "./teller.js";
import { ToldFindings } from "./told-findings.js";

/** ms of judging after which others run. */
const BREATHE_EVERY = 50;
/** ms between two looks at what other hubs have written. */
const LOOK_EVERY = 10_000;

export interface SharedFleetOptions {
  readonly leaseMs: number;
  /** ms of a clock that only goes forward, by which leases are over. */
  readonly now?: () => number;
  readonly texts: Texts;
  readonly tell: (event: FleetEvent) => Promise<void>;
  readonly say: (message: Message) => void;
}

/** The part of a fleet that one hub has, in one of them or beside others. */
export class SharedFleet {
  readonly #packages: NatsPackages;
  readonly #bucket: KV;
  readonly #stream: EventStream;
  readonly #options: SharedFleetOptions;
  readonly #hub: string;
  readonly #leases: Leases;
  readonly #teller: Teller;
  readonly #others: OtherShares;
  #fleet = new Fleet();
  /** As they were judged last: while events are read again the fleet is not whole. */
  #gateways: readonly Gateway[] = [];
  #own: readonly TunnelSummary[] = [];
  readonly #reading = new StreamReading();
  #judgedInMs = 0;
  #renewedAt = -Infinity;
  #breathedAt = -Infinity;
  #hasGained = false;
  #lookedAt = -Infinity;
  /** Shares that other hubs took because they were not renewed in time; since the start, and of those what was said. */
  #fenced = 0;
  #fencedSaid = 0;

  private constructor(
    packages: NatsPackages,
    manager: JetStreamManager,
    bucket: KV,
    stream: EventStream,
    options: SharedFleetOptions,
  ) {
    this.#packages = packages;
    this.#bucket = bucket;
    this.#stream = stream;
    this.#options = options;
    this.#hub = randomBytes(6).toString("hex");
    const { leaseMs, now = () => performance.now() } = options;
    this.#leases = new Leases(packages, manager, bucket, { hub: this.#hub, leaseMs, now });
    this.#others = new OtherShares(bucket, this.#leases);
    const { texts, tell } = options;
    this.#teller = new Teller({
      client: manager.jetstream(),
      texts,
      tell,
      say: options.say,
      fenced: (share) => this.#fence(share),
      now,
    });
  }

  static async open(
    packages: NatsPackages,
    connection: NatsConnection,
    stream: EventStream,
    options: SharedFleetOptions,
  ): Promise<SharedFleet> {
    const { replicas } = stream;
    const bucket = await making(packages, () =>
      openBucket(packages, connection, { name: HUB_BUCKET, replicas }),
    );
    const manager = await packages.jetstream.jetstreamManager(connection);
    return new SharedFleet(packages, manager, bucket, stream, options);
  }

  /** Shares were gained while tunnels were judged: the stream has to be read again. */
  get hasGained(): boolean {
    return this.#hasGained;
  }

  /** Whether the leases are due to be renewed. */
  get isRenewalDue(): boolean {
    return performance.now() - this.#renewedAt >= this.#leases.renewEvery;
  }

  /** Renews the leases; true if shares were gained, for which the stream has to be read again. */
  async renew(): Promise<boolean> {
    const { gained, lost, fenced } = await this.#leases.renew();
    this.#renewedAt = performance.now();
    this.#fenced += fenced.length;
    this.#sayFenced();
    for (const share of lost) this.#teller.lose(share);
    for (const share of gained) {
      const told = await ToldFindings.take(this.#packages, this.#bucket, share, this.#hub);
      if (told === null) this.#leases.fenced(share);
      else this.#teller.gain(share, told);
    }
    return gained.some((share) => share !== WHOLE);
  }

  /** Another hub has written to a share while this one judged. What else it has taken shows at the next renewal, which is due now. */
  #fence(share: number): void {
    this.#leases.fenced(share);
    this.#fenced++;
    this.#renewedAt = -Infinity;
  }

  #sayFenced(): void {
    const shares = this.#fenced - this.#fencedSaid;
    if (shares === 0) return;
    this.#fencedSaid = this.#fenced;
    const seconds = this.#options.leaseMs / 1000;
    this.#options.say(
      say`other hubs have taken ${shares} shares that this hub did not renew within ${seconds} s: it tells nothing more of them, and takes part again`,
    );
  }

  /** Lets go of what was read, which is read again. */
  restart(): void {
    this.#hasGained = false;
    this.#fleet = new Fleet();
  }

  take(stored: StoredEvent): void {
    const { line, arrival } = stored;
    const event = readEvent(line, (gateway, account) =>
      partitionsOf(gateway, account).some((partition) => this.#leases.has(partition)),
    );
    this.#reading.took(stored, typeof event !== "string");
    if (typeof event === "string") {
      this.#options.say(say`an event is left out: ${literal(event)}`);
      return;
    }
    this.#fleet.take(event, arrival);
  }

  /** Nothing is stored that was not taken. */
  caughtUp(): void {
    this.#reading.caughtUp();
  }

  /** Concludes from what was taken, and tells what is news. */
  async judge(): Promise<void> {
    const began = performance.now();
    const holds = new Map<number, RaisedNow[]>();
    const summaries = new Map<number, TunnelSummary[]>();
    for (const tunnel of this.#fleet.judgedTunnels()) {
      await this.#breathe();
      if (tunnel === null) continue;
      const home = homeOf(tunnel.ends);
      if (!this.#leases.has(home)) continue;
      listIn(holds, home).push(...raisedOf(tunnel));
      listIn(summaries, home).push(summaryOf(tunnel));
    }
    const { gateways } = this.#fleet;
    this.#gateways = gateways;
    this.#own = [...summaries.values()].flat();
    if (performance.now() - this.#lookedAt > LOOK_EVERY) {
      await this.#others.exchange(summaries);
      this.#lookedAt = performance.now();
    }
    if (this.#leases.has(WHOLE)) {
      const findings = judgeWhole({
        gateways: new Map(gateways.map((gateway) => [gateway.name, gateway])),
        tunnels: this.#tunnels(),
        // A gateway is not silent whose events wait to be taken.
        now: this.#reading.knownUntil,
      });
      holds.set(WHOLE, raisedInWhole(findings));
    }
    this.#judgedInMs = performance.now() - began;
    await this.#teller.tell(holds, { stream: this.#stream.created, sequence: this.#reading.sequence });
  }

  /** Lets others run while many tunnels are judged, and renews the leases: another hub would take them. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathedAt < BREATHE_EVERY) return;
    await setImmediate();
    if (this.isRenewalDue && (await this.renew())) this.#hasGained = true;
    this.#breathedAt = performance.now();
  }

  /** Leaves the shares to others. */
  async giveUp(): Promise<void> {
    await this.#leases.giveUp();
  }

  view(): HubView {
    const { events, faults, lagMs, pending } = this.#reading;
    const raised = [...this.#teller.raised(), ...this.#others.raised];
    const raisedOn = new Map<string | null, FleetEvent[]>();
    for (const event of raised) listIn(raisedOn, event.peers).push(event);
    return {
      gateways: this.#gateways,
      tunnels: this.#tunnels().map((tunnel) =>
        withRaised(tunnel, raisedOn.get(peersText(tunnel.ends)) ?? []),
      ),
      raised,
      work: {
        hubs: this.#leases.hubs,
        shares: this.#leases.owned.size,
        fenced: this.#fenced,
        renewalAgeMs: this.#leases.age,
        events,
        faults,
        lagMs,
        pending,
        judgedInMs: this.#judgedInMs,
      },
    };
  }

  #tunnels(): TunnelSummary[] {
    return merged([...this.#own, ...this.#others.tunnels]);
  }
}

function listIn<K, T>(lists: Map<K, T[]>, key: K): T[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: T[] = [];
  lists.set(key, list);
  return list;
}
