import type { JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import { PARTITIONS } from "../../../fleet/partitions.js";
import { bucketKeys, forgetKey } from "../../nats/bucket.js";
import type { NatsPackages } from "../../nats/server.js";
import { HUB_BUCKET } from "../../nats/subjects.js";
import { OwnedEntry, readEntry } from "./owned-entry.js";

/** The share beside those of the tunnels: rules over the whole fleet. */
export const WHOLE = PARTITIONS;
const SHARES = PARTITIONS + 1;

/** Parts of a lease after which it is renewed: two renewals may fail. */
const RENEWALS = 4;

/** Changes of what this hub owns. */
export interface LeaseChange {
  readonly gained: readonly number[];
  readonly lost: readonly number[];
  /** Those of `lost` that another hub has taken, since they were not renewed in time; the rest was given up to be fair. */
  readonly fenced: readonly number[];
}

export interface LeaseOptions {
  /** Distinct for each hub that runs. */
  readonly hub: string;
  /** ms after which a lease that was not renewed is another hub's to take. */
  readonly leaseMs: number;
  /** ms of a clock that only goes forward. */
  readonly now: () => number;
}

interface Seen {
  readonly revision: number;
  /** When that revision was first seen here, ms of a clock that only goes forward. */
  readonly since: number;
}

/**
 * The shares of a fleet that this hub owns. Each share is an entry of a bucket, which its owner writes again and again; an entry that
 * stayed the same for the time of a lease, by the clock of who wants it, is free. So no two clocks have to agree. The hubs that are
 * there divide all shares equally: who has too many gives some up, who has too few takes free ones.
 */
export class Leases {
  readonly #packages: NatsPackages;
  readonly #manager: JetStreamManager;
  readonly #bucket: KV;
  readonly #hub: string;
  readonly #leaseMs: number;
  readonly #now: () => number;
  readonly #seen = new Map<string, Seen>();
  readonly #owned = new Map<number, OwnedEntry>();
  #beat = 0;
  #hubs = 1;
  #renewedAt: number;

  constructor(
    packages: NatsPackages,
    manager: JetStreamManager,
    bucket: KV,
    { hub, leaseMs, now }: LeaseOptions,
  ) {
    this.#packages = packages;
    this.#manager = manager;
    this.#bucket = bucket;
    this.#hub = hub;
    this.#leaseMs = leaseMs;
    this.#now = now;
    this.#renewedAt = now();
  }

  /** ms between two renewals. */
  get renewEvery(): number {
    return this.#leaseMs / RENEWALS;
  }

  /** Hubs that share the fleet, this one among them. */
  get hubs(): number {
    return this.#hubs;
  }

  /** ms since the leases were renewed last. */
  get age(): number {
    return this.#now() - this.#renewedAt;
  }

  get owned(): ReadonlySet<number> {
    return new Set(this.#owned.keys());
  }

  /** Whether the share is this hub's, as far as it knows: a lease that could not be renewed in time is not. */
  has(share: number): boolean {
    return this.#owned.has(share) && this.#now() - this.#renewedAt < this.#leaseMs;
  }

  /** Renews what is owned, gives up what is too much, and takes what is free. Throws where the server does not answer. */
  async renew(): Promise<LeaseChange> {
    const before = new Set(this.#owned.keys());
    const startedAt = this.#now();
    await this.#bucket.put(hubKey(this.#hub), String(++this.#beat));
    const fenced = await this.#renewOwned();
    this.#renewedAt = startedAt;
    this.#hubs = await this.#countHubs();
    const fair = Math.ceil(SHARES / this.#hubs);
    for (const [share, entry] of [...this.#owned].slice(fair)) {
      this.#owned.delete(share);
      await entry.giveUp(null);
    }
    await this.#takeFree(fair - this.#owned.size);
    return {
      gained: [...this.#owned.keys()].filter((share) => !before.has(share)),
      lost: [...before].filter((share) => !this.#owned.has(share)),
      fenced,
    };
  }

  /** Another hub has written what only the owner may. */
  fenced(share: number): void {
    this.#owned.delete(share);
  }

  /** Leaves everything to the others at once. */
  async giveUp(): Promise<void> {
    for (const entry of this.#owned.values()) await entry.giveUp(null);
    this.#owned.clear();
    await forgetKey(this.#manager, HUB_BUCKET, hubKey(this.#hub));
  }

  /** Those that another hub has written meanwhile are not owned any more. */
  async #renewOwned(): Promise<readonly number[]> {
    const kept = await Promise.all(
      [...this.#owned].map(async ([share, entry]) => [share, await entry.write(this.#beat)] as const),
    );
    const fenced = kept.flatMap(([share, isKept]) => (isKept ? [] : [share]));
    for (const share of fenced) this.#owned.delete(share);
    return fenced;
  }

  async #countHubs(): Promise<number> {
    let hubs = 0;
    for (const key of await bucketKeys(this.#manager, HUB_BUCKET, hubKey("*"))) {
      const entry = await this.#bucket.get(key);
      if (entry?.operation !== "PUT") continue;
      if (!this.#isStale(key, entry.revision)) hubs++;
      // A hub that comes back writes its key again.
      else await forgetKey(this.#manager, HUB_BUCKET, key);
    }
    return Math.max(1, hubs);
  }

  /** Looks at all shares of others, so that it is known since when each stayed the same, and takes so many of those that are free. */
  async #takeFree(most: number): Promise<void> {
    const others = Array.from({ length: SHARES }, (_, share) => share).filter(
      (share) => !this.#owned.has(share),
    );
    const entries = await Promise.all(
      others.map(async (share) => [share, await readEntry(this.#bucket, shareKey(share))] as const),
    );
    const free = entries.filter(
      ([share, { owner, revision }]) => this.#isStale(shareKey(share), revision) || owner === null,
    );
    for (const [share, { revision }] of free.slice(0, Math.max(0, most))) {
      const entry = new OwnedEntry(this.#packages, this.#bucket, shareKey(share), this.#hub, revision);
      // Two hubs may want it: one of them succeeds.
      if (await entry.write(this.#beat)) this.#owned.set(share, entry);
    }
  }

  /** Whether an entry stayed the same for the time of a lease. */
  #isStale(key: string, revision: number): boolean {
    const now = this.#now();
    const known = this.#seen.get(key);
    if (known?.revision !== revision) {
      this.#seen.set(key, { revision, since: now });
      return false;
    }
    return now - known.since >= this.#leaseMs;
  }
}

function shareKey(share: number): string {
  return `share.${share}`;
}

function hubKey(hub: string): string {
  return `hub.${hub}`;
}
