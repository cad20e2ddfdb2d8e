import type { Exchange, Role, Sighting } from "../model.js";
import { ALIKE, foldChecks } from "./check/fold.js";
import { CHECK_RECORD, markAlike, writeAnswered, writeAsked } from "./check/record.js";
import { CHECK_RECORD_V1, writeCheckV1 } from "./check/record-v1.js";
import { fitsCheck, type SealedMessage } from "./check/side.js";
import { ExchangeHead, FLAG, type Side } from "./record/head.js";
import { type HeldExchange, type OrderedExchange } from "./record/held.js";
import { withRolesTurned, withStarterTurned } from "./record/turned.js";
import { countedExchange, packExchange, readExchange, unpackExchange } from "./record/exchange.js";
import { leastWorth } from "./least-worth.js";
import { type ExchangeLimit, TIGHT } from "./limits.js";
import { type CountedExchange, type GivenUp, withAnswersTurned, withExchange } from "./given-up.js";
import { PackedWriter } from "./record/bytes.js";
import { PackedRecords } from "./record/records.js";
import { newestRecord, recordWithDigest, type Wanted } from "./record/search.js";

/** Bytes that one IKE SA may take; one of ordinary messages stays far below. */
const ROOM = 256 * 1024;

const NONE: readonly HeldExchange[] = [];
/** A shape that no check has. */
const LIKE_NONE = -1;
const writer = new PackedWriter();

/**
 * The exchanges of one IKE SA: those that messages still come in for as objects, all others packed into bytes, so that a
 * tunnel that lives long costs little. Which ones are open is decided by the {@link Archive} for all IKE SAs together.
 */
export class ExchangeLog extends PackedRecords {
  #open: readonly HeldExchange[] = NONE;
  #count = 0;
  #next = 0;
  #newestPacked = -1;
  #givenUp: GivenUp | null = null;
  /** Where the check lies that was asked last and may be answered next; -1 for none. */
  #asked = -1;
  /** Packed checks that are alike, and what the last check was like. */
  #alike = 0;
  #shape = LIKE_NONE;

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
    return this.#givenUp;
  }

  /** Nobody will ask for these exchanges any more. */
  release(): void {
    this.releaseRecords();
    this.#asked = -1;
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
    this.#hold(held);
    this.#countOne();
    return held;
  }

  /**
   * Files the request of a liveness check without opening an exchange for it: most messages of a long life are such. False
   * where that cannot be; then nothing was done.
   */
  checkAsked(messageId: number, startedBy: Role, responderSpi: string, request: SealedMessage): boolean {
    if (!this.isResponderSpi(responderSpi) || !fitsCheck(request, this)) return false;
    const order = this.#next++;
    this.#countOne();
    const at = this.makeRoom(CHECK_RECORD);
    writeAsked(this.bytes, at, { order, messageId, startedBy }, request, this);
    this.#asked = at;
    this.#newestPacked = order;
    return true;
  }

  /** Files the answer to the check that was asked last; false where it answers another one. */
  checkAnswered(messageId: number, startedBy: Role, response: SealedMessage): boolean {
    const at = this.#asked;
    if (at < 0 || !fitsCheck(response, this)) return false;
    const { bytes } = this;
    const head = new ExchangeHead(bytes, at);
    if (head.messageId !== messageId || head.startedBy !== startedBy) return false;
    const shape = writeAnswered(bytes, at, response, this);
    this.#asked = -1;
    if (shape === this.#shape) this.#isAlike(at);
    this.#shape = shape;
    return true;
  }

  /** Files an encrypted INFORMATIONAL of IKEv1 in the same way; its bytes are not those of any message that is kept. */
  checkV1(
    messageId: number,
    startedBy: Role,
    responderSpi: string,
    sealed: SealedMessage & { readonly digest: number },
  ): boolean {
    if (!this.isResponderSpi(responderSpi) || !fitsCheck(sealed, this)) return false;
    const order = this.#next++;
    this.#countOne();
    const at = this.makeRoom(CHECK_RECORD_V1);
    writeCheckV1(this.bytes, at, { order, messageId, startedBy }, sealed, this);
    this.#newestPacked = order;
    this.digests?.add(sealed.digest);
    return true;
  }

  /** Whether a message of this digest is kept. */
  hasDigest(digest: number): boolean {
    return this.#openOf(digest) !== undefined || recordWithDigest(this, digest) >= 0;
  }

  #isAlike(at: number): void {
    markAlike(this.bytes, at);
    if (++this.#alike <= ALIKE.most) return;
    const { givenUp, checks } = foldChecks(this, this.#givenUp);
    this.#givenUp = givenUp;
    this.#alike -= checks;
    this.#count -= checks;
  }

  /** One exchange more; others may have to make room for it. */
  #countOne(): void {
    this.#count++;
    for (let limit = this.#limit; this.#count > limit.exchanges; limit = this.#limit) this.#giveUpSome(limit);
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
    if (found !== undefined && found.order > this.#newestPacked) return found;
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
    if (newestOpen > this.#newestPacked) return false;
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
    const grown = this.countRepeat(at, side, sighting);
    if (grown !== null && this.#asked > at) this.#asked += grown;
    return grown !== null;
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
    this.#newestPacked = -1;
    this.#open = NONE;
    for (const exchange of known.toSorted((a, b) => a.order - b.order)) this.#hold(withRolesTurned(exchange));
    this.#givenUp = this.#givenUp === null ? null : withAnswersTurned(this.#givenUp);
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
    if (exchange.order > this.#newestPacked) this.#newestPacked = exchange.order;
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
    this.#remove(head);
    return exchange;
  }

  #remove({ at, flags }: ExchangeHead): void {
    if ((flags & FLAG.alike) !== 0) this.#alike--;
    this.removeRecord(at);
    // What lies behind it has another place now.
    this.#asked = -1;
  }

  #giveUpSome(limit: ExchangeLimit): void {
    for (const exchange of this.#victims(limit)) {
      this.#count--;
      this.#givenUp = withExchange(this.#givenUp, exchange);
    }
  }

  /** Takes out what is to be given up. */
  #victims(limit: ExchangeLimit): CountedExchange[] {
    const chosen = leastWorth(this.#open, this, this.#next, limit);
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
        this.#remove(head);
        return counted;
      });
  }

  #close(exchange: HeldExchange): void {
    this.#open = this.#open.length === 1 ? NONE : this.#open.filter((one) => one !== exchange);
  }
}
