import type { Exchange, Role, Sighting } from "../model.js";
import { CheckedRecords } from "./check/checked-records.js";
import { ExchangeHead, FLAG, type Side } from "./record/head.js";
import type { HeldExchange, OrderedExchange } from "./record/held.js";
import { withRolesTurned, withStarterTurned } from "./record/turned.js";
import { countedExchange, packExchange, readExchange, unpackExchange } from "./record/exchange.js";
import { leastWorth } from "./least-worth.js";
import { type ExchangeLimit, TIGHT } from "./limits.js";
import { type CountedExchange, type GivenUp, withAnswersTurned, withExchange } from "./given-up.js";
import { PackedWriter } from "./record/bytes.js";
import { newestRecord, recordWithDigest, type Wanted } from "./record/search.js";

/** Bytes that one IKE SA may take; one of ordinary messages stays far below. */
const ROOM = 256 * 1024;

const NONE: readonly HeldExchange[] = [];
const writer = new PackedWriter();

/**
 * The exchanges of one IKE SA: those that messages still come in for as objects, all others packed into bytes, so that a
 * tunnel that lives long costs little. Which ones are open is decided by the {@link Archive} for all IKE SAs together.
 */
export class ExchangeLog extends CheckedRecords {
  #open: readonly HeldExchange[] = NONE;

  /** Whether any of the exchanges that are kept has a response. */
  get isAnswered(): boolean {
    if (this.#open.some(({ response }) => response !== null)) return true;
    const head = this.heads();
    for (; head.at < this.length; head.at += head.recordLength) {
      if ((head.flags & FLAG.response) !== 0) return true;
    }
    return false;
  }

  get givenUp(): GivenUp | null {
    return this.lost;
  }

  /** Nobody will ask for these exchanges any more. */
  release(): void {
    this.releaseRecords();
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
      order: this.nextOrder++,
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
    this.#hold(held);
    this.countOne();
    return held;
  }

  /** Whether a message of this digest is kept. */
  hasDigest(digest: number): boolean {
    return this.#openOf(digest) !== undefined || recordWithDigest(this, digest) >= 0;
  }

  protected countOne(): void {
    this.keptCount++;
    for (let limit = this.#limit; this.keptCount > limit.exchanges; limit = this.#limit)
      this.#giveUpSome(limit);
  }

  get #limit(): ExchangeLimit {
    return this.length > ROOM || this.archive.isFull ? TIGHT : this.archive.limit;
  }

  /** The newest exchange that is wanted, open again where it was packed. */
  find(wanted: Wanted): HeldExchange | undefined {
    let found: HeldExchange | undefined;
    for (const held of this.#open) {
      if (held.order > (found?.order ?? -1) && wanted(held)) found = held;
    }
    // Nothing that is packed is newer than this: then there is nothing to look through.
    if (found !== undefined && found.order > this.newestPacked) return found;
    const at = newestRecord(this, wanted, found?.order ?? -1);
    return at < 0 ? found : this.#reopen(at);
  }

  /** The exchange that a message of this digest belongs to. */
  findDigest(digest: number): HeldExchange | undefined {
    const open = this.#openOf(digest);
    if (open !== undefined) return open;
    const at = recordWithDigest(this, digest);
    return at < 0 ? undefined : this.#reopen(at);
  }

  /**
   * Counts one try more of a message of the newest exchange that is wanted, where that is packed and the message was seen
   * after all others: nothing is unpacked for it. False where that cannot be; then nothing was done. `digest`: only where
   * that side holds a message of these bytes; null where any is the same one.
   */
  repeat(wanted: Wanted, side: Side, digest: number | null, sighting: Sighting): boolean {
    let newestOpen = -1;
    for (const { order } of this.#open.filter(wanted)) newestOpen = Math.max(newestOpen, order);
    if (newestOpen > this.newestPacked) return false;
    const at = newestRecord(this, wanted, newestOpen);
    if (at < 0) return false;
    const isKnown = digest === null || new ExchangeHead(this.bytes, at).sideOf(digest) === side;
    return isKnown && this.#repeatAt(at, side, sighting);
  }

  /** The same for the exchange that holds a message of these bytes, whichever side it is of. */
  repeatDigest(digest: number, sighting: Sighting): boolean {
    if (this.#openOf(digest) !== undefined) return false;
    const at = recordWithDigest(this, digest);
    const side = at < 0 ? null : new ExchangeHead(this.bytes, at).sideOf(digest);
    return side !== null && this.#repeatAt(at, side, sighting);
  }

  #repeatAt(at: number, side: Side, sighting: Sighting): boolean {
    return this.countRepeat(at, side, sighting) !== null;
  }

  #openOf(digest: number): HeldExchange | undefined {
    return this.#open.find(
      ({ requestDigests, responseDigests }) =>
        requestDigests.includes(digest) || responseDigests.includes(digest),
    );
  }

  /** Files all exchanges that are kept by the other roles: the initiator of the IKE SA is the peer that was the responder. */
  turnRoles(): void {
    const known = [...this.#open];
    while (this.length > 0) known.push(this.#take(0));
    this.newestPacked = -1;
    this.#open = NONE;
    for (const exchange of known.toSorted((a, b) => a.order - b.order)) this.#hold(withRolesTurned(exchange));
    this.lost = this.lost === null ? null : withAnswersTurned(this.lost);
  }

  /** The second message of an exchange proves that the first one was the answer to a request that is missing. */
  turnExchange(exchange: HeldExchange): void {
    if (!this.#open.includes(exchange)) return;
    this.#close(exchange);
    this.#hold(withStarterTurned(exchange));
  }

  #hold(exchange: HeldExchange): void {
    this.#open = this.#open.concat(exchange);
    this.archive.opened(this, exchange);
  }

  /** Packs an exchange that is open; one that is not is left alone. */
  pack(exchange: HeldExchange): void {
    if (!this.#open.includes(exchange)) return;
    this.#close(exchange);
    writer.length = 0;
    packExchange(writer, exchange, this);
    this.append(writer);
    for (const digest of exchange.requestDigests) this.digests?.add(digest);
    for (const digest of exchange.responseDigests) this.digests?.add(digest);
    if (exchange.order > this.newestPacked) this.newestPacked = exchange.order;
  }

  /** All exchanges that are kept, in the order of their beginnings. Unpacked anew at each call. */
  all(): Exchange[] {
    const exchanges: OrderedExchange[] = [...this.#open];
    const { bytes } = this;
    const head = this.heads();
    for (; head.at < this.length; head.at += head.recordLength) {
      exchanges.push(readExchange(bytes, head, this));
    }
    return exchanges.toSorted((a, b) => a.order - b.order);
  }

  #reopen(at: number): HeldExchange {
    const exchange = this.#take(at);
    this.#hold(exchange);
    return exchange;
  }

  /** Unpacks a record and closes the gap that it leaves. */
  #take(at: number): HeldExchange {
    const { bytes } = this;
    const head = new ExchangeHead(bytes, at);
    const exchange = unpackExchange(bytes, head, this);
    this.removeRecord(head.at);
    return exchange;
  }

  #giveUpSome(limit: ExchangeLimit): void {
    for (const exchange of this.#victims(limit)) {
      this.keptCount--;
      this.lost = withExchange(this.lost, exchange);
    }
  }

  /** Takes out what is to be given up. */
  #victims(limit: ExchangeLimit): CountedExchange[] {
    const chosen = leastWorth(this.#open, this, this.nextOrder, limit);
    // From the last record on: taking one moves those behind it.
    return chosen
      .toSorted((a, b) => b.at - a.at)
      .map(({ held, at }) => {
        if (held !== null) {
          this.#close(held);
          return held;
        }
        const { bytes } = this;
        const head = new ExchangeHead(bytes, at);
        const counted = countedExchange(bytes, head, this);
        this.removeRecord(head.at);
        return counted;
      });
  }

  #close(exchange: HeldExchange): void {
    this.#open = this.#open.length === 1 ? NONE : this.#open.filter((one) => one !== exchange);
  }
}
