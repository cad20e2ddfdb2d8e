import type { Exchange, Moment, Role } from "../model.js";
import type { Archive } from "./archive.js";
import { ExchangeHead, type HeldExchange, isQuiet, packExchange, unpackExchange } from "./exchange.js";
import { PackedWriter } from "./packed-bytes.js";
import { Shared } from "./shared.js";

/** Exchanges that an IKE SA keeps, and of those the first and the newest ones that are never given up. */
interface Limit {
  readonly exchanges: number;
  readonly first: number;
  readonly newest: number;
}
const LIMIT: Limit = { exchanges: 200, first: 40, newest: 100 };
/** Bytes that one IKE SA may take; one of ordinary messages stays far below. */
const ROOM = 256 * 1024;
/** What an IKE SA keeps that is larger, or where all of them together have outgrown the archive. */
const TIGHT: Limit = { exchanges: 16, first: 6, newest: 8 };

const NOTHING = new Uint8Array(0);
const NONE: readonly HeldExchange[] = [];
const writer = new PackedWriter();

/** What a lookup wants of an exchange; a packed one answers without being unpacked. */
type Wanted = (exchange: Pick<Exchange, "exchangeType" | "messageId" | "step" | "startedBy">) => boolean;

/** What was given up: messages, the first and the last of them. */
interface GivenUp {
  readonly messages: number;
  readonly from: Moment;
  readonly to: Moment;
}

/**
 * The exchanges of one IKE SA: those that messages still come in for as objects, all others packed into bytes, so that a
 * tunnel that lives long costs little. Which ones are open is decided by the {@link Archive} for all IKE SAs together.
 */
export class ExchangeLog {
  readonly #archive: Archive;
  readonly #shared: Shared;
  #open: readonly HeldExchange[] = NONE;
  /** Records one after the other; their order is in them. */
  #packed = NOTHING;
  #length = 0;
  #count = 0;
  #next = 0;
  #givenUp: GivenUp | null = null;

  constructor(initiatorSpi: string, archive: Archive) {
    this.#shared = new Shared(initiatorSpi);
    this.#archive = archive;
  }

  get givenUp(): GivenUp | null {
    return this.#givenUp;
  }

  /** Nobody will ask for these exchanges any more. */
  release(): void {
    this.#archive.grew(-this.#packed.length);
    this.#packed = NOTHING;
    this.#length = 0;
    this.#open = NONE;
  }

  /** Begins a new exchange. */
  begin(
    exchangeType: number,
    messageId: number,
    step: number,
    startedBy: Role,
    expectsResponse: boolean,
  ): HeldExchange {
    const held: HeldExchange = {
      order: this.#next++,
      exchangeType,
      messageId,
      step,
      startedBy,
      request: null,
      response: null,
      expectsResponse,
      requestDigests: [],
      responseDigests: [],
    };
    this.#open = [...this.#open, held];
    this.#count++;
    for (let limit = this.#limit; this.#count > limit.exchanges; limit = this.#limit) this.#giveUpOne(limit);
    this.#archive.opened(this, held);
    return held;
  }

  get #limit(): Limit {
    return this.#length > ROOM || this.#archive.isFull ? TIGHT : LIMIT;
  }

  /** The newest exchange that is wanted, open again where it was packed. */
  find(wanted: Wanted): HeldExchange | undefined {
    let found: HeldExchange | undefined;
    for (const held of this.#open) {
      if (held.order > (found?.order ?? -1) && wanted(held)) found = held;
    }
    const at = this.#newestRecord(wanted, found?.order ?? -1);
    return at < 0 ? found : this.#reopen(at);
  }

  /** The exchange that a message of this digest belongs to. */
  findDigest(digest: number): HeldExchange | undefined {
    const open = this.#open.find(
      ({ requestDigests, responseDigests }) =>
        requestDigests.includes(digest) || responseDigests.includes(digest),
    );
    if (open !== undefined) return open;
    const head = new ExchangeHead(this.#packed, 0);
    for (; head.at < this.#length; head.at += head.recordLength) {
      if (head.hasDigest(digest)) return this.#reopen(head.at);
    }
    return undefined;
  }

  /** Packs an exchange that is open; one that is not is left alone. */
  pack(exchange: HeldExchange): void {
    if (!this.#open.includes(exchange)) return;
    this.#close(exchange);
    writer.length = 0;
    packExchange(writer, exchange, this.#shared);
    const length = this.#length + writer.length;
    if (length > this.#packed.length) this.#grow(length);
    this.#packed.set(writer.bytes.subarray(0, writer.length), this.#length);
    this.#length = length;
  }

  /** All exchanges that are kept, in the order of their beginnings. Unpacked anew at each call. */
  all(): Exchange[] {
    const exchanges = [...this.#open];
    const head = new ExchangeHead(this.#packed, 0);
    for (; head.at < this.#length; head.at += head.recordLength) {
      exchanges.push(unpackExchange(this.#packed, head.at, this.#shared));
    }
    return exchanges.toSorted((a, b) => a.order - b.order);
  }

  #newestRecord(wanted: Wanted, newerThan: number): number {
    let [found, order] = [-1, newerThan];
    const head = new ExchangeHead(this.#packed, 0);
    for (; head.at < this.#length; head.at += head.recordLength) {
      if (head.order > order && wanted(head)) [found, order] = [head.at, head.order];
    }
    return found;
  }

  #reopen(at: number): HeldExchange {
    const exchange = this.#take(at);
    this.#open = [...this.#open, exchange];
    this.#archive.opened(this, exchange);
    return exchange;
  }

  /** Unpacks a record and closes the gap that it leaves. */
  #take(at: number): HeldExchange {
    const exchange = unpackExchange(this.#packed, at, this.#shared);
    const { recordLength } = new ExchangeHead(this.#packed, at);
    this.#packed.copyWithin(at, at + recordLength, this.#length);
    this.#length -= recordLength;
    return exchange;
  }

  #giveUpOne(limit: Limit): void {
    const { request, response } = this.#victim(limit);
    this.#count--;
    const before = this.#givenUp;
    const moments = [request, response].flatMap((transmission) =>
      (transmission?.sightings ?? []).map(({ time, frames }): Moment => ({ time, frame: frames[0] ?? 0 })),
    );
    const sorted = (before === null ? moments : [before.from, before.to, ...moments]).toSorted(
      (a, b) => a.time - b.time,
    );
    const [from, to] = [sorted[0], sorted.at(-1)];
    const messages = (before?.messages ?? 0) + (request?.tries ?? 0) + (response?.tries ?? 0);
    if (from !== undefined && to !== undefined) this.#givenUp = { messages, from, to };
  }

  /** Liveness checks go first, then the oldest; the first and the newest exchanges stay. */
  #victim({ first, newest }: Limit): HeldExchange {
    const isMiddle = (order: number): boolean => order >= first && order < this.#next - newest;
    let best = NO_CANDIDATE;
    for (const held of this.#open) {
      const candidate = { order: held.order, isQuiet: isQuiet(held), held, at: -1 };
      if (isMiddle(held.order) && isBetter(candidate, best)) best = candidate;
    }
    const head = new ExchangeHead(this.#packed, 0);
    for (; head.at < this.#length; head.at += head.recordLength) {
      if (!isMiddle(head.order) || !isBetter(head, best)) continue;
      best = { order: head.order, isQuiet: head.isQuiet, held: null, at: head.at };
    }
    if (best.held === null) return this.#take(best.at);
    this.#close(best.held);
    return best.held;
  }

  #close(exchange: HeldExchange): void {
    this.#open = this.#open.length === 1 ? NONE : this.#open.filter((one) => one !== exchange);
  }

  #grow(length: number): void {
    // By a quarter, not by half: most IKE SAs are as large as they will ever be.
    const larger = new Uint8Array(Math.ceil(Math.max(length, this.#packed.length * 1.25) / 64) * 64);
    larger.set(this.#packed.subarray(0, this.#length));
    this.#archive.grew(larger.length - this.#packed.length);
    this.#packed = larger;
  }
}

/** An exchange that may be given up. */
interface Candidate {
  readonly order: number;
  readonly isQuiet: boolean;
  /** Null for a packed exchange, which is found at `at`. */
  readonly held: HeldExchange | null;
  readonly at: number;
}

const NO_CANDIDATE: Candidate = { order: Infinity, isQuiet: false, held: null, at: -1 };

function isBetter(one: Pick<Candidate, "order" | "isQuiet">, other: Candidate): boolean {
  return one.isQuiet === other.isQuiet ? one.order < other.order : one.isQuiet;
}
