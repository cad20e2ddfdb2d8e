import type { KV } from "@nats-io/kv";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { TunnelSummary } from "../../../fleet/summary.js";

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];
const MOST_BYTES = 64 * 1024 * 1024;
/** Tunnels of a share that other hubs are told of, the worst first: the bucket takes a megabyte. */
const MOST_TUNNELS = 20_000;

/** Tunnels of each share in short, for rules and pages over the whole fleet. Who owns the share writes them; an old one does no harm. */
export class Summaries {
  readonly #bucket: KV;
  readonly #written = new Map<number, string>();

  constructor(bucket: KV) {
    this.#bucket = bucket;
  }

  /** Writes the tunnels of a share where something has changed. */
  async write(share: number, tunnels: readonly TunnelSummary[]): Promise<void> {
    const text = JSON.stringify(tunnels.slice(0, MOST_TUNNELS));
    if (this.#written.get(share) === text) return;
    await this.#bucket.put(keyOf(share), await pack(text));
    this.#written.set(share, text);
  }

  /** The tunnels of a share as its owner wrote them last; none where nobody did. */
  async read(share: number): Promise<readonly TunnelSummary[]> {
    const entry = await this.#bucket.get(keyOf(share));
    if (entry?.operation !== "PUT") return [];
    try {
      return JSON.parse(
        (await unpack(entry.value, { maxOutputLength: MOST_BYTES })).toString("utf8"),
      ) as TunnelSummary[];
    } catch {
      return [];
    }
  }
}

function keyOf(share: number): string {
  return `summary.${share}`;
}
