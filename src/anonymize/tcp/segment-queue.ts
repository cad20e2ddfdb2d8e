import type { Micros } from "../../bytes/time.js";
import { toHex } from "../../bytes/hex.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import { TCP_FLAG } from "../../packet/tcp/flags.js";
import type { Ends } from "../ike/ends.js";
import type { Replacements } from "../ike/window.js";
import { SegmentOrder } from "./segment-order.js";
import { RecordRewriter, type Shared } from "./records.js";

/** Connections that are followed at the same time. */
const CONNECTIONS = 4096;
/** Segments of one direction that may wait while nothing tells yet whether they carry IKE and ESP. */
const PATIENCE = 8;

/** A TCP segment that may belong to a stream of IKE and ESP, and where its payload stands in its frame. */
export interface LocatedSegment {
  readonly kind: "segment";
  readonly ends: Ends;
  readonly sequence: number;
  readonly flags: number;
  /** Length of the payload by the headers, bytes. */
  readonly length: number;
  /** The captured part: [start, end) of the frame. */
  readonly start: number;
  readonly end: number;
}

interface Direction<T> {
  readonly order: SegmentOrder<T>;
  readonly rewriter: RecordRewriter;
  /** Sequence number of the first byte; null where no SYN told it. */
  readonly first: number | null;
}

interface Connection<T> {
  readonly shared: Shared;
  readonly directions: Map<string, Direction<T>>;
}

/**
 * Gathers segments of TCP streams until their records are whole (RFC 9329), and gives each its new payload then. `settle` is
 * told that with the segment's owner. What waits for too long is given up by the caller.
 */
export class SegmentQueue<T> {
  readonly #replacements: Replacements;
  readonly #settle: (owner: T, replacement: Uint8Array) => void;
  readonly #connections = new Map<string, Connection<T>>();

  constructor(replacements: Replacements, settle: (owner: T, replacement: Uint8Array) => void) {
    this.#replacements = replacements;
    this.#settle = settle;
  }

  /** Takes a segment whose payload is in `bytes`; returns what gives it up while it waits. */
  add(place: LocatedSegment, bytes: Uint8Array, owner: T, time: Micros): () => void {
    const { ends, sequence, flags, length } = place;
    const from = `${toHex(ends.source)}:${ends.sourcePort}`;
    const to = `${toHex(ends.destination)}:${ends.destinationPort}`;
    const key = from < to ? `${from}|${to}` : `${to}|${from}`;
    if ((flags & TCP_FLAG.syn) !== 0) this.#opens(key, from, place);
    // The data of an RST is no part of the stream (RFC 9293 section 3.5.3): a text at most. Segments that wait are read without the rest.
    const isReset = (flags & TCP_FLAG.rst) !== 0;
    if (isReset) this.#finish(key);
    if (isReset || length <= 0) {
      this.#settle(owner, new Uint8Array(0));
      return () => undefined;
    }
    const connection = this.#connection(key, ends);
    const { order, rewriter } =
      connection.directions.get(from) ?? this.#direction(connection, from, ends, null, false);
    order.add(rewriter, sequence, length, bytes.slice(place.start, place.end), owner, time);
    // On 4500 the analysis reads without a prefix once so much came without one.
    if (connection.shared.lax && connection.shared.verdict === "open" && order.waiting > PATIENCE) {
      order.giveUp(rewriter);
    }
    // The other direction may have waited for what this segment told.
    for (const [side, other] of connection.directions) {
      if (side === from || connection.shared.verdict === "open") continue;
      other.rewriter.feed(new Uint8Array(0));
      other.order.release();
    }
    // Later segments go on waiting: the rest of them may be close behind.
    return () => order.giveUp(rewriter, owner);
  }

  /** Settles the segments of a connection that wait, whatever is missing. */
  #finish(key: string): void {
    for (const { order, rewriter } of this.#connections.get(key)?.directions.values() ?? []) {
      order.giveUp(rewriter);
    }
  }

  /** A SYN begins a direction that has not begun; a new one of the client begins a new connection. */
  #opens(key: string, from: string, { ends, sequence, flags }: LocatedSegment): void {
    const first = (sequence + 1) >>> 0;
    const isClient = (flags & TCP_FLAG.ack) === 0;
    const known = this.#connections.get(key)?.directions.get(from);
    if (known?.first === first) return;
    if (isClient) {
      this.#finish(key);
      this.#connections.delete(key);
    } else if (known !== undefined) return;
    this.#direction(this.#connection(key, ends), from, ends, first, isClient);
  }

  #connection(key: string, { sourcePort, destinationPort }: Ends): Connection<T> {
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const lax = sourcePort === NAT_T_PORT || destinationPort === NAT_T_PORT;
    const opened: Connection<T> = { shared: { verdict: "open", lax }, directions: new Map() };
    this.#connections.set(key, opened);
    if (this.#connections.size > CONNECTIONS) {
      for (const oldest of this.#connections.keys()) {
        this.#finish(oldest);
        this.#connections.delete(oldest);
        break;
      }
    }
    return opened;
  }

  #direction(
    { shared, directions }: Connection<T>,
    from: string,
    ends: Ends,
    first: number | null,
    isClient: boolean,
  ): Direction<T> {
    const order = new SegmentOrder<T>(first, this.#settle);
    const begins = first === null ? "lost" : "prefix";
    const rewriter = new RecordRewriter(this.#replacements, ends, shared, begins, isClient, (bytes) =>
      order.write(bytes),
    );
    const direction = { order, rewriter, first };
    directions.set(from, direction);
    return direction;
  }
}
