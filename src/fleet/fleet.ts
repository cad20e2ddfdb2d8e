import type { Micros } from "../bytes/time.js";
import { Ends } from "./ends.js";
import type { GatewayEvent } from "./event/read.js";
import { type Gateway, newGateway } from "./gateway.js";
import { judgeFleet, type FleetJudgement, judgedTunnels } from "./judge.js";
import { PairMemory } from "./pair-memory.js";
import type { FleetTunnel } from "./tunnel.js";

/** A tunnel that its gateway says nothing more of is let go after so long, by the gateway's clock. */
const FORGET_AFTER: Micros = 600_000_000;
/** A gateway's tunnels are looked through for that no more often than this. */
const FORGET_EVERY: Micros = 60_000_000;

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
  readonly #memory = new PairMemory();
  /** When its tunnels were looked through last, by the clock of the gateway. */
  readonly #forgotAt = new WeakMap<Gateway, Micros>();

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
        for (const tunnel of event.elsewhere) this.#ends.drop(gateway, tunnel);
        this.#forget(gateway, event.time);
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
    return judgeFleet(this.gateways, this.#ends, { now, memory: this.#memory });
  }

  /** The tunnels alone, each by itself, in small steps: null after one that is no tunnel. Nothing may be taken in between. */
  judgedTunnels(): Generator<FleetTunnel | null> {
    return judgedTunnels(this.#ends, this.#memory);
  }

  #gatewayOf(name: string, boot: string): Gateway {
    const known = this.#gateways.get(name);
    if (known?.boot === boot) return known;
    if (known !== undefined) {
      this.#noteOver(name, known.boot);
      this.#ends.forgetAll(known);
    }
    const gateway = newGateway(name, boot);
    this.#gateways.set(name, gateway);
    return gateway;
  }

  #forget(gateway: Gateway, now: Micros): void {
    if (now - (this.#forgotAt.get(gateway) ?? -Infinity) < FORGET_EVERY) return;
    this.#forgotAt.set(gateway, now);
    this.#ends.forgetBefore(gateway, now - FORGET_AFTER);
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
