import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { KV } from "@nats-io/kv";
import type { NatsPackages } from "../../nats/server.js";

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];
/** Unpacked, an entry of a server that somebody else wrote has no more bytes than this. */
const MOST_BYTES = 64 * 1024 * 1024;
/** JetStream's error for a change of a revision that is not the newest any more. */
const WRONG_LAST_SEQUENCE = 10_071;

/** An entry of a bucket as it was read. */
export interface ReadEntry {
  readonly revision: number;
  /** The hub that wrote it; null if it gave the entry up. */
  readonly owner: string | null;
  /** Number of the write of that owner. */
  readonly write: number;
  readonly value: unknown;
}

/** The entry as it is now; null if there is none, or it is none of ours. Its revision stands in either case. */
export async function readEntry(
  bucket: KV,
  key: string,
): Promise<ReadEntry | { readonly revision: number; readonly owner: null; readonly value: null }> {
  const entry = await bucket.get(key);
  if (entry === null) return { revision: 0, owner: null, value: null };
  const none = { revision: entry.revision, owner: null, value: null } as const;
  if (entry.operation !== "PUT") return none;
  try {
    const text = (await unpack(entry.value, { maxOutputLength: MOST_BYTES })).toString("utf8");
    const parsed = JSON.parse(text) as { owner?: unknown; write?: unknown; value?: unknown };
    const { owner, write, value } = parsed;
    return {
      revision: entry.revision,
      owner: typeof owner === "string" ? owner : null,
      write: typeof write === "number" ? write : 0,
      value,
    };
  } catch {
    return none;
  }
}

/**
 * An entry that one hub writes. Every write names the revision that it changes: when another hub has written in between, it fails,
 * and so does every later one. A hub that stood still and goes on as if nothing had happened changes nothing.
 */
export class OwnedEntry {
  readonly #bucket: KV;
  readonly #packages: NatsPackages;
  readonly #owner: string;
  readonly key: string;
  #revision: number;
  #write = 0;

  constructor(packages: NatsPackages, bucket: KV, key: string, owner: string, revision: number) {
    this.#packages = packages;
    this.#bucket = bucket;
    this.key = key;
    this.#owner = owner;
    this.#revision = revision;
  }

  /** Writes the value; false where another hub has written since. Throws where the server does not say. */
  async write(value: unknown): Promise<boolean> {
    return await this.#put(this.#owner, value);
  }

  /** Leaves the entry to whoever takes it next; false where another hub has it already. */
  async giveUp(value: unknown): Promise<boolean> {
    return await this.#put(null, value);
  }

  async #put(owner: string | null, value: unknown): Promise<boolean> {
    const write = ++this.#write;
    const data = await pack(JSON.stringify({ owner, write, value }));
    try {
      this.#revision = await this.#bucket.put(this.key, data, { previousSeq: this.#revision });
      return true;
    } catch (error) {
      if (!this.#isConflict(error)) throw error;
    }
    // The server may have taken a write whose answer was lost.
    const now = await readEntry(this.#bucket, this.key);
    if (now.owner === null || now.owner !== this.#owner || now.write !== write - 1) return false;
    if (now.revision <= this.#revision) return false;
    this.#revision = now.revision;
    return await this.#put(owner, value);
  }

  #isConflict(error: unknown): boolean {
    return error instanceof this.#packages.jetstream.JetStreamApiError && error.code === WRONG_LAST_SEQUENCE;
  }
}
