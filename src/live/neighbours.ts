import type { Address } from "../bytes/address.js";
import type { TunnelRecord } from "./tunnel-record.js";

/** Tunnels of an address that a rule may look into: the cost of a judgement does not grow with the number of tunnels. */
const MOST_NEIGHBOURS = 24;

/** The tunnels by the addresses of their ends, for rules that look at what else a peer does. */
export class Neighbours {
  readonly #byAddress = new Map<Address, Set<TunnelRecord>>();

  add(record: TunnelRecord): void {
    for (const address of record.peers) {
      const records = this.#byAddress.get(address);
      if (records === undefined) this.#byAddress.set(address, new Set([record]));
      else records.add(record);
    }
  }

  delete(record: TunnelRecord): void {
    for (const address of record.peers) {
      const records = this.#byAddress.get(address);
      records?.delete(record);
      if (records?.size === 0) this.#byAddress.delete(address);
    }
  }

  /** The tunnel itself and others of its two ends; of a busy gateway some that work. */
  of(record: TunnelRecord): TunnelRecord[] {
    const found = new Set([record]);
    for (const address of record.peers) {
      const others = workingOf(this.#byAddress.get(address) ?? new Set());
      for (const other of others) found.add(other);
    }
    return [...found];
  }
}

/** The first tunnels that work; they are looked for among some hundreds, not among all. */
function workingOf(records: ReadonlySet<TunnelRecord>): readonly TunnelRecord[] {
  if (records.size <= MOST_NEIGHBOURS) return [...records];
  const working: TunnelRecord[] = [];
  let looked = 0;
  for (const record of records) {
    if (record.state === "up" || record.state === "degraded") working.push(record);
    if (working.length >= MOST_NEIGHBOURS || ++looked >= MOST_NEIGHBOURS * 16) break;
  }
  return working;
}
