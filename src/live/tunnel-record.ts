import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { Phase } from "../diagnosis/finding.js";
import type { TunnelBuilder } from "../session/tunnel-builder.js";
import type { BehindNat } from "../session/nat.js";
import type { VantagePlace } from "../session/vantage.js";
import type { EventTunnel } from "./event.js";
import type { RaisedFinding } from "./raised.js";
import { RaisedFindings } from "./raised-findings.js";
import type { LiveDirection, LiveExchange, LiveSpiPair, LiveState, LiveTunnel } from "./tunnel.js";

/** SAs whose outcome was counted and is remembered, so that none counts twice. */
const COUNTED = 64;

interface Direction extends LiveDirection {
  rate: number;
  packets: number;
  bytes: number;
  lost: number;
}

/** Conclusions of the newest judgement beside findings. */
interface Concluded {
  readonly place: VantagePlace;
  readonly nat: BehindNat | null;
  /** Software of the two addresses of the session's tunnel, in their order. */
  readonly products: readonly [string | null, string | null];
}

/** A tunnel as the program that watches knows it: longer than a capture lasts, and without its packets. */
export class TunnelRecord implements LiveTunnel, EventTunnel {
  readonly id: number;
  /** The tunnel as it is filed now; null where the capture began anew and nothing was heard since. */
  builder: TunnelBuilder | null;
  peers: readonly [Address, Address];
  rolesProven = false;
  version: 1 | 2 | null = null;
  state: LiveState = "unknown";
  since: Micros;
  phase: Phase | null = null;
  lastExchange: LiveExchange | null = null;
  retransmissions = 0;
  readonly directions: [Direction, Direction] = [newDirection(), newDirection()];
  spis: readonly LiveSpiPair[] = [];
  concluded: Concluded = { place: "unknown", nat: null, products: [null, null] };
  readonly raised = new RaisedFindings();
  readonly firstTime: Micros;
  lastTime: Micros;
  /** The responder of the setup that is under way; null where none is. */
  halfOpenAt: Address | null = null;
  /** The newest rekey, or setup, that was told. */
  renewedAt: Micros = -Infinity;
  prunedAt: Micros;
  /** The last message was sent again, or waits for an answer: silence behind it would mean something. */
  isRestless = false;
  /** The last message, or what else was filed beside ESP. */
  spokenAt: Micros;
  /** Something was filed that may change the judgement, since the last one. */
  isNoted = false;
  /** When time alone makes it worth another look, and when the traffic that flows does. */
  nextLook: Micros = Infinity;
  flowLook: Micros = -Infinity;
  /** Since when ESP flows in one direction only; null where it does not. */
  oneWaySince: Micros | null = null;
  #lastSpeaker: 0 | 1 | null = null;
  #findings: readonly RaisedFinding[] = [];
  readonly #counted = new Set<string>();

  constructor(id: number, builder: TunnelBuilder, peers: readonly [Address, Address], time: Micros) {
    this.id = id;
    this.builder = builder;
    this.peers = peers;
    this.since = time;
    this.firstTime = time;
    this.lastTime = time;
    this.spokenAt = time;
    this.prunedAt = time;
  }

  /** The capture begins anew: what was under way is not known any more. */
  capturedAnew(): void {
    this.builder = null;
    this.halfOpenAt = null;
    this.isRestless = false;
    this.isNoted = false;
    this.oneWaySince = null;
    this.nextLook = Infinity;
    this.flowLook = -Infinity;
    this.#lastSpeaker = null;
    for (const direction of this.directions) direction.rate = 0;
    if (this.state === "setting-up") this.enter("unknown", null, this.lastTime);
  }

  /** The clock was set back to `now`: nothing that is remembered lies behind it. */
  setBack(now: Micros): void {
    this.lastTime = Math.min(this.lastTime, now);
    this.spokenAt = Math.min(this.spokenAt, now);
    this.since = Math.min(this.since, now);
    this.renewedAt = Math.min(this.renewedAt, now);
    this.prunedAt = Math.min(this.prunedAt, now);
    if (this.oneWaySince !== null) this.oneWaySince = Math.min(this.oneWaySince, now);
    this.raised.setBack(now);
    this.refreshFindings();
  }

  get findings(): readonly RaisedFinding[] {
    return this.#findings;
  }

  /** To be called when `raised` has changed. */
  refreshFindings(): void {
    this.#findings = this.raised.active();
  }

  /** Which of the two directions packets from this address have. */
  directionOf(source: Address): 0 | 1 {
    return (this.builder?.canonical(source) ?? source) === this.peers[1] ? 1 : 0;
  }

  /** That peer sent a message; true where it also sent the one before. */
  spoke(speaker: 0 | 1): boolean {
    const isAgain = speaker === this.#lastSpeaker;
    this.#lastSpeaker = speaker;
    return isAgain;
  }

  /** The initiator became known: it stands first from now on. */
  putFirst(initiator: Address): void {
    const [first, second] = this.peers;
    if (initiator !== second) return;
    this.peers = [second, first];
    this.directions.reverse();
    this.spis = this.spis.map(({ fromFirst, fromSecond }) => ({
      fromFirst: fromSecond,
      fromSecond: fromFirst,
    }));
  }

  enter(state: LiveState, phase: Phase | null, time: Micros): void {
    if (state !== this.state) this.since = time;
    this.state = state;
    this.phase = phase;
  }

  /** The next look that is planned whatever is filed; Infinity for none. */
  plannedAfter(time: Micros): Micros {
    return Math.min(this.nextLook, this.flowLook > time ? this.flowLook : Infinity);
  }

  /** Whether the setup of that name is to be counted: true once. */
  countsSetup(name: string): boolean {
    if (this.#counted.has(name)) return false;
    this.#counted.add(name);
    if (this.#counted.size > COUNTED) {
      const [oldest = name] = this.#counted;
      this.#counted.delete(oldest);
    }
    return true;
  }
}

function newDirection(): Direction {
  return { rate: 0, packets: 0, bytes: 0, lost: 0 };
}
