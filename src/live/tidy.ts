import type { Micros } from "../bytes/time.js";
import type { TunnelTable } from "../session/tunnel-table.js";
import type { Registry } from "./registry.js";

/** Peers that said one thing only are given up after this time. */
const STRANGERS_STAY: Micros = 600_000_000;

/** Gives up what nothing was heard of for too long: strangers soon, tunnels after `forgetAfter`. */
export function tidy(tunnels: TunnelTable, registry: Registry, now: Micros, forgetAfter: Micros): void {
  for (const tunnel of tunnels.all()) {
    const isKnown = registry.of(tunnel) !== undefined;
    if (now - tunnel.lastTime > (isKnown ? forgetAfter : STRANGERS_STAY)) tunnels.remove(tunnel);
  }
  for (const record of registry.all()) {
    if (record.builder === null && now - record.lastTime > forgetAfter) registry.forget(record);
  }
}
