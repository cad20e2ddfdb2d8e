import { putU32 } from "../../../bytes/put.js";
import { u32At } from "../../../bytes/reader.js";
import type { Exchange } from "../../model.js";
import { PackedReader } from "./bytes.js";

/**
 * A packed exchange begins with what it is looked up by, at fixed places, big endian:
 *
 *     0 length of the record   4 order   8 Message ID   12 exchange type   13 step   15 flags
 *     16 digests of the request   17 digests of the response   18 the digests, eight bytes each
 */
export const AT = {
  order: 4,
  messageId: 8,
  exchangeType: 12,
  step: 13,
  flags: 15,
  digests: 16,
  first: 18,
} as const;

/**
 * `quiet`: asked once and answered once, and worth less than others. `check`: packed as check/record.ts says; `alike`: such
 * a one that is no other than the one before it.
 */
export const FLAG = {
  byResponder: 1,
  expectsResponse: 2,
  request: 4,
  response: 8,
  quiet: 16,
  check: 32,
  alike: 64,
} as const;

/** Writes the head of a packed exchange that holds one request, which is packed as a check: `size` bytes in all, zeroed first. */
export function writeCheckHead(
  into: Uint8Array,
  at: number,
  size: number,
  exchangeType: number,
  exchange: Pick<Exchange, "messageId" | "startedBy"> & { readonly order: number },
): void {
  into.fill(0, at, at + size);
  putU32(into, at, size);
  putU32(into, at + AT.order, exchange.order);
  putU32(into, at + AT.messageId, exchange.messageId);
  into[at + AT.exchangeType] = exchangeType;
  into[at + AT.step + 1] = 1;
  const who = exchange.startedBy === "responder" ? FLAG.byResponder : 0;
  into[at + AT.flags] = who | FLAG.request | FLAG.check;
}

/** One of the two transmissions of an exchange. */
export type Side = "request" | "response";

/** The fields by which a packed exchange is looked up, read in place; `at` moves from record to record. */
export class ExchangeHead {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  get recordLength(): number {
    return u32At(this.#bytes, this.at);
  }

  get order(): number {
    return u32At(this.#bytes, this.at + AT.order);
  }

  get messageId(): number {
    return u32At(this.#bytes, this.at + AT.messageId);
  }

  get exchangeType(): number {
    return this.#bytes[this.at + AT.exchangeType] as number;
  }

  get step(): number {
    return ((this.#bytes[this.at + AT.step] as number) << 8) | (this.#bytes[this.at + AT.step + 1] as number);
  }

  get flags(): number {
    return this.#bytes[this.at + AT.flags] as number;
  }

  get startedBy(): Exchange["startedBy"] {
    return (this.flags & FLAG.byResponder) === 0 ? "initiator" : "responder";
  }

  get isQuiet(): boolean {
    return (this.flags & FLAG.quiet) !== 0;
  }

  hasDigest(digest: number): boolean {
    return this.sideOf(digest) !== null;
  }

  /** The side that holds a message of this digest, the request first; null where none does. */
  sideOf(digest: number): Side | null {
    const bytes = this.#bytes;
    const requests = bytes[this.at + AT.digests] as number;
    const all = requests + (bytes[this.at + AT.digests + 1] as number);
    if (all === 0) return null;
    const reader = new PackedReader(bytes, this.at + AT.first);
    for (let index = 0; index < all; index++) {
      if (reader.float() === digest) return index < requests ? "request" : "response";
    }
    return null;
  }

  /** Tells each digest of the exchange, of either side. */
  forEachDigest(tell: (digest: number) => void): void {
    const count = this.at + AT.digests;
    const reader = new PackedReader(this.#bytes, this.at + AT.first);
    const all = (this.#bytes[count] as number) + (this.#bytes[count + 1] as number);
    for (let left = all; left > 0; left--) tell(reader.float());
  }

  /** Behind the digests, where the first transmission lies. */
  get transmissionsAt(): number {
    const count = this.at + AT.digests;
    return this.at + AT.first + 8 * ((this.#bytes[count] as number) + (this.#bytes[count + 1] as number));
  }
}
