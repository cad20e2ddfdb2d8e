import type { KV } from "@nats-io/kv";
import { PARTITIONS } from "../../../fleet/partitions.js";
import type { TunnelSummary } from "../../../fleet/summary.js";
import type { FleetEvent } from "../../../report/fleet/event.js";
import { type Leases, WHOLE } from "./leases.js";
import { Summaries } from "./summaries.js";
import { ToldFindings } from "./told-findings.js";

/** The shares of a fleet that other hubs own, as they have written them; what this hub owns is written for them. */
export class OtherShares {
  readonly #bucket: KV;
  readonly #leases: Leases;
  readonly #summaries: Summaries;
  readonly #known = new Map<
    number,
    { readonly tunnels: readonly TunnelSummary[]; readonly raised: readonly FleetEvent[] }
  >();

  constructor(bucket: KV, leases: Leases) {
    this.#bucket = bucket;
    this.#leases = leases;
    this.#summaries = new Summaries(bucket);
  }

  get tunnels(): TunnelSummary[] {
    return [...this.#known.values()].flatMap(({ tunnels }) => tunnels);
  }

  get raised(): FleetEvent[] {
    return [...this.#known.values()].flatMap(({ raised }) => raised);
  }

  /** Writes the summaries of the own shares, and reads those of the others. */
  async exchange(own: ReadonlyMap<number, readonly TunnelSummary[]>): Promise<void> {
    const shares = Array.from({ length: PARTITIONS + 1 }, (_, share) => share);
    await Promise.all(
      shares.map(async (share) => {
        if (this.#leases.has(share)) {
          this.#known.delete(share);
          if (share !== WHOLE) await this.#summaries.write(share, own.get(share) ?? []);
          return;
        }
        const tunnels = await this.#summaries.read(share);
        const raised = await ToldFindings.read(this.#bucket, share);
        this.#known.set(share, { tunnels, raised });
      }),
    );
  }
}
