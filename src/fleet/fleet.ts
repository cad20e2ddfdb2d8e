import type { Micros } from "../bytes/time.js";
import { Ends } from "./ends.js";
import type { GatewayEvent } from "./event/read.js";
import { type Gateway, newGateway } from "./gateway.js";
import { judgeFleet, type FleetJudgement } from "./judge.js";

/** A tunnel that its gateway says nothing more of is let go after so long, by the gateway's clock. */
const FORGET_AFTER: Micros = 600_000_000;

/** Result of taking an event. */
export type Taken = "taken" | "repeated" | "of an earlier boot";

/**
 * All gateways and their tunnels by what their events say. The same events in the same order per gateway give the same state,
 * however those of several gateways are mixed, and however often one comes.
 */
export class Fleet {
  readonly #gateways = new Map<string, Gateway>();
  /** Boots that were followed by another one: what comes late of them is history. */
  readonly #overBoots = new Map<string, Set<string>>();
  readonly #ends = new Ends();

  /** By their names. */
  get gateways(): readonly Gateway[] {
    return [...this.#gateways.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Ends of tunnels that are known. */
  get ends(): number {
    return this.#ends.size;
  }

  /** Takes an event; `arrival`: when it came, by a clock that is the same for all gateways, or null. */
  take(event: GatewayEvent, arrival: Micros | null): Taken {
    const { gateway: name, labels, boot, sequence } = event.origin;
    if (this.#overBoots.get(name)?.has(boot) === true) return "of an earlier boot";
    const gateway = this.#gatewayOf(name, boot);
    if (sequence <= gateway.sequence) return "repeated";
    if (gateway.sequence > 0) gateway.missed += sequence - gateway.sequence - 1;
    gateway.sequence = sequence;
    gateway.labels = labels;
    gateway.lastTime = Math.max(gateway.lastTime, event.time);
    gateway.lastArrival = arrival ?? gateway.lastArrival;
    switch (event.kind) {
      case "gateway-status":
        gateway.status = event.status;
        break;
      case "tunnel-accounts":
        for (const account of event.accounts) {
          const recordedSince = gateway.status?.recordedSince ?? Infinity;
          this.#ends.take(gateway, { account, asOf: event.time, recordedSince });
        }
        this.#ends.forget((end) => end.gateway === gateway && end.newest.asOf < event.time - FORGET_AFTER);
        break;
      case "ended":
        gateway.hasEnded = true;
        break;
      case "other":
        break;
    }
    return "taken";
  }

  /** All that is concluded now; `now` by the clock of the arrivals, null if they have none. */
  judge(now: Micros | null): FleetJudgement {
    return judgeFleet(this.gateways, this.#ends, now);
  }

  #gatewayOf(name: string, boot: string): Gateway {
    const known = this.#gateways.get(name);
    if (known?.boot === boot) return known;
    if (known !== undefined) {
      this.#noteOver(name, known.boot);
      this.#ends.forget((end) => end.gateway === known);
    }
    const gateway = newGateway(name, boot);
    this.#gateways.set(name, gateway);
    return gateway;
  }

  #noteOver(name: string, boot: string): void {
    const boots = this.#overBoots.get(name) ?? new Set();
    boots.add(boot);
    // A gateway that restarts every minute must not make this grow.
    const [oldest] = boots;
    if (boots.size > MOST_BOOTS && oldest !== undefined) boots.delete(oldest);
    this.#overBoots.set(name, boots);
  }
}

const MOST_BOOTS = 32;
