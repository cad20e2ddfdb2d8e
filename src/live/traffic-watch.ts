import type { Micros } from "../bytes/time.js";
import type { DueQueue } from "./due-queue.js";
import type { Registry } from "./registry.js";
import { isInDoubt } from "./state.js";
import type { SweepWatch } from "./stream-accounts.js";
import type { TunnelRecord } from "./tunnel-record.js";

/** How often the counters of ESP are read. */
export const SWEEP_EVERY: Micros = 2_000_000;
/** While ESP flows a tunnel is judged so often. */
const WHILE_FLOWING: Micros = 30_000_000;
/** A tunnel of which one direction falls silent is looked at after this time. */
const WHILE_ONE_WAY: Micros = 8_000_000;

/** Takes the results of a sweep at `now`: which tunnels become known, and when their traffic makes them worth another judgement. */
export function trafficWatch(registry: Registry, due: DueQueue<TunnelRecord>, now: Micros): SweepWatch {
  return {
    adopt: (tunnel, time) => registry.adopt(tunnel, time),
    active: (record, lastTime) => {
      record.builder?.seenAt(lastTime);
      record.lastTime = Math.max(record.lastTime, lastTime);
      // Traffic that begins, or comes back, may prove that the tunnel works; what flows on proves nothing new.
      const isBack = isInDoubt(record) && now - record.flowLook > WHILE_FLOWING;
      if (record.flowLook <= now) record.flowLook = now + WHILE_FLOWING;
      due.add(record, isBack ? now + SWEEP_EVERY : record.flowLook);
    },
    bothWays: (record) => {
      if (isInDoubt(record)) due.add(record, now + SWEEP_EVERY);
    },
    oneWay: (record) => {
      record.flowLook = now + WHILE_ONE_WAY;
      due.add(record, record.flowLook);
    },
  };
}
