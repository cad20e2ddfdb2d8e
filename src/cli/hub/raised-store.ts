import { createHash } from "node:crypto";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { NatsPackages } from "../nats/server.js";

const BUCKET = "ikescope-findings";

/** A raised finding as the bucket has it. */
export interface StoredFinding {
  readonly identity: string;
  /** The event that tells it, as JSON has it. */
  readonly told: object;
}

/**
 * Raised findings, in a bucket of the server that all hubs share: whoever enters a finding first tells it, and after a restart
 * nothing is told again. Every change names the revision that it changes, so that of two hubs one succeeds.
 */
export class RaisedStore {
  readonly #bucket: KV;

  private constructor(bucket: KV) {
    this.#bucket = bucket;
  }

  static async open({ kv }: NatsPackages, connection: NatsConnection): Promise<RaisedStore> {
    return new RaisedStore(await new kv.Kvm(connection).create(BUCKET, { history: 1 }));
  }

  /** Enters a finding; false where it is there already. */
  async raise({ identity, told }: StoredFinding): Promise<boolean> {
    try {
      await this.#bucket.create(keyOf(identity), JSON.stringify({ identity, told }));
      return true;
    } catch (error) {
      if (await this.#has(identity)) return false;
      throw error;
    }
  }

  /** Takes a finding out; false where another hub did. */
  async clear(identity: string): Promise<boolean> {
    const entry = await this.#bucket.get(keyOf(identity));
    if (entry === null || entry.operation !== "PUT") return false;
    try {
      await this.#bucket.delete(keyOf(identity), { previousSeq: entry.revision });
      return true;
    } catch (error) {
      if (await this.#has(identity)) throw error;
      return false;
    }
  }

  /** All that is raised. */
  async all(): Promise<StoredFinding[]> {
    const found: StoredFinding[] = [];
    for await (const key of await this.#bucket.keys()) {
      const entry = await this.#bucket.get(key);
      if (entry?.operation !== "PUT") continue;
      const value = entry.json<Partial<StoredFinding>>();
      if (typeof value.identity === "string" && typeof value.told === "object") {
        found.push({ identity: value.identity, told: value.told });
      }
    }
    return found;
  }

  async #has(identity: string): Promise<boolean> {
    return (await this.#bucket.get(keyOf(identity)))?.operation === "PUT";
  }
}

/** Names of gateways and addresses have characters that no key has. */
function keyOf(identity: string): string {
  return createHash("sha256").update(identity).digest("hex").slice(0, 40);
}
