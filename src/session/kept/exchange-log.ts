import type { Exchange, Moment, Role, Transmission } from "../model.js";
import type { Archive } from "./archive.js";
import { ExchangeHead, type HeldExchange, isQuiet, packExchange, unpackExchange } from "./exchange.js";
import { PackedWriter } from "./packed-bytes.js";
import { Shared } from "./shared.js";

/** Exchanges that an IKE SA keeps, and of those the first and the newest ones that are never given up. */
export interface ExchangeLimit {
  readonly exchanges: number;
  readonly first: number;
  readonly newest: number;
  /** Given up at a time, for each time all have to be looked through. */
  readonly atOnce: number;
}
export const WHOLE_LIFE: ExchangeLimit = { exchanges: 200, first: 40, newest: 100, atOnce: 20 };
/** Bytes that one IKE SA may take; one of ordinary messages stays far below. */
const ROOM = 256 * 1024;
/** What an IKE SA keeps that is larger, or where all of them together have outgrown the archive. */
const TIGHT: ExchangeLimit = { exchanges: 16, first: 6, newest: 8, atOnce: 1 };

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
  #newestPacked = -1;
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
    for (let limit = this.#limit; this.#count > limit.exchanges; limit = this.#limit) this.#giveUpSome(limit);
    this.#archive.opened(this, held);
    return held;
  }

  get #limit(): ExchangeLimit {
    return this.#length > ROOM || this.#archive.isFull ? TIGHT : this.#archive.limit;
  }

  /** The newest exchange that is wanted, open again where it was packed. */
  find(wanted: Wanted): HeldExchange | undefined {
    let found: HeldExchange | undefined;
    for (const held of this.#open) {
      if (held.order > (found?.order ?? -1) && wanted(held)) found = held;
    }
    // Nothing that is packed is newer than this: then there is nothing to look through.
    if (found !== undefined && found.order > this.#newestPacked) return found;
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
    if (exchange.order > this.#newestPacked) this.#newestPacked = exchange.order;
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

  #giveUpSome(limit: ExchangeLimit): void {
    for (const { request, response } of this.#victims(limit)) {
      this.#count--;
      for (const transmission of [request, response]) {
        if (transmission !== null) this.#countGivenUp(transmission);
      }
    }
  }

  #countGivenUp({ tries, sightings }: Transmission): void {
    const before = this.#givenUp;
    let [from, to] = [before?.from ?? null, before?.to ?? null];
    for (const { time, frames } of sightings) {
      if (from === null || time < from.time) from = { time, frame: frames[0] ?? 0 };
      if (to === null || time > to.time) to = { time, frame: frames[0] ?? 0 };
    }
    if (from === null || to === null) return;
    this.#givenUp = { messages: (before?.messages ?? 0) + tries, from, to };
  }

  /** Liveness checks go first, then the oldest; the first and the newest exchanges stay. */
  #victims({ first, newest, atOnce }: ExchangeLimit): HeldExchange[] {
    const isMiddle = ({ order }: { readonly order: number }): boolean =>
      order >= first && order < this.#next - newest;
    const candidates: Candidate[] = this.#open
      .filter(isMiddle)
      .map((held) => ({ order: held.order, isQuiet: isQuiet(held), held, at: -1 }));
    const head = new ExchangeHead(this.#packed, 0);
    for (; head.at < this.#length; head.at += head.recordLength) {
      if (!isMiddle(head)) continue;
      candidates.push({ order: head.order, isQuiet: head.isQuiet, held: null, at: head.at });
    }
    const chosen = candidates.toSorted(byWorth).slice(0, atOnce);
    // From the last record on: taking one moves those behind it.
    return chosen
      .toSorted((a, b) => b.at - a.at)
      .map(({ held, at }) => {
        if (held === null) return this.#take(at);
        this.#close(held);
        return held;
      });
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

function byWorth(one: Candidate, other: Candidate): number {
  return one.isQuiet === other.isQuiet ? one.order - other.order : one.isQuiet ? -1 : 1;
}
