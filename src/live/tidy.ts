import type { Micros } from "../bytes/time.js";
import type { TunnelTable } from "../session/tunnel-table.js";
import type { Registry } from "./registry.js";

/** Peers that said one thing only are given up after this time. */
const STRANGERS_STAY: Micros = 600_000_000;

/** Limits of how much is kept, and for how long. */
export interface Keeping {
  readonly tunnels: number;
  readonly forgetAfter: Micros;
}

/** Gives up what nothing was heard of for too long, strangers soon, and what is too much. */
export function tidy(tunnels: TunnelTable, registry: Registry, now: Micros, keeping: Keeping): void {
  const { forgetAfter } = keeping;
  for (const tunnel of tunnels.all()) {
    const isKnown = registry.of(tunnel) !== undefined;
    if (now - tunnel.lastTime > (isKnown ? forgetAfter : STRANGERS_STAY)) tunnels.remove(tunnel);
  }
  for (const record of registry.all()) {
    if (record.builder === null && now - record.lastTime > forgetAfter) registry.forget(record);
  }
  registry.trim(keeping.tunnels);
}
