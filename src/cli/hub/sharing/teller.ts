import { type Message, say } from "../../../texts/message.js";
import type { JetStreamClient } from "@nats-io/jetstream";
import { PARTITIONS } from "../../../fleet/partitions.js";
import { type FleetEvent, fleetEventJson, raisedEvent } from "../../../report/fleet/event.js";
import { jsonLine } from "../../../report/live/event-json.js";
import type { Texts } from "../../../texts/texts.js";
import { toldSubject } from "../../nats/subjects.js";
import type { RaisedNow } from "../raised.js";
import { MOST_RAISED, type ToldFindings } from "./told-findings.js";

/** A finding of an earlier owner that never holds is cleared after so long, ms: until then a gateway may not have told of it. */
const WARM_UP = 150_000;
/**
 * A finding that does not hold is cleared after so long, ms. Gateways tell of a quiet tunnel once a minute: until the one end has, the
 * newer accounts of the other end have nothing to be compared with, and an outage that goes on would be told as over.
 */
export const CLEARED_AFTER = 75_000;
/** ms after which it is written how far the stream was read, though nothing else is new. */
const SAVE_EVERY = 20_000;
const MICROS = 1000;

/** How far the stream of events was read. */
export interface ReadPosition {
  readonly stream: string;
  readonly sequence: number;
}

interface Share {
  readonly told: ToldFindings;
  /** Raised findings that do not hold now, and when they are over if they do not hold again until then. */
  readonly overAt: Map<string, number>;
  savedAt: number;
  isChanged: boolean;
}

export interface TellerOptions {
  readonly client: JetStreamClient;
  readonly texts: Texts;
  /** Told to the user of this hub. */
  readonly tell: (event: FleetEvent) => Promise<void>;
  /** Another hub has written what only the owner of the share may. */
  readonly fenced: (share: number) => void;
  readonly say: (message: Message) => void;
  /** ms of a clock that only goes forward. */
  readonly now: () => number;
}

/** Tells what is news in the shares of a hub, once among all hubs, also where one of them is killed in the middle of it. */
export class Teller {
  readonly #options: TellerOptions;
  readonly #shares = new Map<number, Share>();
  #isFullTold = false;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  gain(share: number, told: ToldFindings): void {
    const now = this.#options.now();
    this.#shares.set(share, {
      told,
      overAt: new Map([...told.raised.keys()].map((identity) => [identity, now + WARM_UP])),
      savedAt: now,
      isChanged: told.pending.length > 0,
    });
  }

  lose(share: number): void {
    this.#shares.delete(share);
  }

  /** All that is raised in the shares. */
  raised(): FleetEvent[] {
    return [...this.#shares.values()].flatMap(({ told }) => [...told.raised.values()]);
  }

  /** Compares what holds now with what is raised, share by share, and tells the difference. */
  async tell(holds: ReadonlyMap<number, readonly RaisedNow[]>, position: ReadPosition): Promise<void> {
    const { stream, sequence } = position;
    const now = Date.now() * MICROS;
    const ready = [...this.#shares].filter(([, { told }]) => told.isReached(stream, sequence));
    for (const [number, share] of ready) {
      for (const raised of holds.get(number) ?? []) this.#raise(share, raised, now);
    }
    for (const [number, share] of ready) {
      const held = new Set((holds.get(number) ?? []).map(({ identity }) => identity));
      this.#clear(share, held, now);
    }
    for (const [number, share] of ready) {
      const isDue = share.isChanged || this.#options.now() - share.savedAt > SAVE_EVERY;
      if (isDue) await this.#save(number, share, position);
    }
  }

  #raise(share: Share, { identity, finding, peers }: RaisedNow, now: number): void {
    const { told, overAt } = share;
    overAt.delete(identity);
    if (told.raised.has(identity)) return;
    const before = this.#otherWith(identity, share);
    if (before !== undefined) {
      // The tunnel got other SPIs, by which it is in another share.
      before.told.handOver(identity, told);
      before.isChanged = true;
    } else if (told.raised.size < MOST_RAISED) {
      told.decide(identity, raisedEvent(finding, peers, now, this.#options.texts));
    } else {
      if (!this.#isFullTold) {
        this.#options.say(say`more than ${MOST_RAISED * (PARTITIONS + 1)} findings: the rest is not told`);
      }
      this.#isFullTold = true;
      return;
    }
    share.isChanged = true;
  }

  #clear(share: Share, held: ReadonlySet<string>, now: number): void {
    const { told, overAt } = share;
    for (const [identity, event] of told.raised) {
      if (held.has(identity)) continue;
      const other = this.#otherWith(identity, share);
      if (other === undefined && !this.#isOver(identity, overAt)) continue;
      overAt.delete(identity);
      share.isChanged = true;
      if (other === undefined) told.decide(identity, { ...event, kind: "finding-cleared", time: now });
      else told.handOver(identity, other.told);
    }
  }

  #isOver(identity: string, overAt: Map<string, number>): boolean {
    const now = this.#options.now();
    const end = overAt.get(identity) ?? now + CLEARED_AFTER;
    overAt.set(identity, end);
    return now >= end;
  }

  #otherWith(identity: string, share: Share): Share | undefined {
    return [...this.#shares.values()].find((other) => other !== share && other.told.raised.has(identity));
  }

  /** Writes what was decided on, and tells it once that is written. */
  async #save(number: number, share: Share, { stream, sequence }: ReadPosition): Promise<void> {
    const { told } = share;
    if (!(await told.save(stream, sequence))) {
      this.lose(number);
      this.#options.fenced(number);
      return;
    }
    share.savedAt = this.#options.now();
    share.isChanged = false;
    const { pending } = told;
    for (const { number: count, event } of pending) {
      const { duplicate } = await this.#options.client.publish(
        toldSubject(number),
        jsonLine(fleetEventJson(event)),
        { msgID: `${number}:${count}:${event.time}` },
      );
      if (!duplicate) await this.#options.tell(event);
    }
    told.strikeOff(pending);
    // Until the next write another hub would tell them again, and the stream would leave them out.
    share.isChanged = pending.length > 0;
  }
}
