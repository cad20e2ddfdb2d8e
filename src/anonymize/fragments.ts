import { equalBytes, toHex } from "../bytes/hex.js";
import type { Micros } from "../bytes/time.js";
import type { AddressPair } from "./headers.js";
import type { Identifiers } from "./identifiers.js";

/** The datagram of a fragment, and where its data stands in its frame. */
export interface FragmentPosition {
  readonly kind: "fragment";
  readonly version: 4 | 6;
  readonly protocol: number;
  readonly identification: number;
  readonly addresses: AddressPair;
  /** Offset of the data within the datagram, and its length as declared, bytes. */
  readonly offset: number;
  readonly length: number;
  readonly more: boolean;
  /** The captured part of it: [start, end) of the frame. */
  readonly start: number;
  readonly end: number;
}

/** A fragment with its data as they were. */
interface Piece<T> {
  readonly place: FragmentPosition;
  readonly data: Uint8Array;
  readonly owner: T;
}

/** Fragments of one datagram. */
interface Datagram<T> {
  readonly key: string;
  readonly pieces: Piece<T>[];
}

interface Finished {
  readonly time: Micros;
  readonly pieces: readonly {
    readonly offset: number;
    readonly data: Uint8Array;
    readonly replacement: Uint8Array;
  }[];
}

/** Datagrams that are remembered when they are through, for copies of their fragments that come later; and for how long. */
const REMEMBERED_DATAGRAMS = 256;
const COPY_WINDOW_US = 1_000_000;
const LARGEST_DATAGRAM_BYTES = 65_535;

/** Rewrites the payload of a datagram, of which the first `length` bytes are there. */
type Rewrite = (place: FragmentPosition, bytes: Uint8Array, length: number, declared: number) => void;

/**
 * Gathers fragments until their datagram is whole, and gives each its new data then. `settle` is told the new data of each
 * fragment with its owner. Fragments of what never becomes whole are given up by the caller.
 */
export class FragmentQueue<T> {
  readonly #identifiers: Identifiers;
  readonly #rewrite: Rewrite;
  readonly #settle: (owner: T, replacement: Uint8Array) => void;
  readonly #waiting = new Map<string, Datagram<T>>();
  readonly #finished = new Map<string, Finished>();

  constructor(
    identifiers: Identifiers,
    rewrite: Rewrite,
    settle: (owner: T, replacement: Uint8Array) => void,
  ) {
    this.#identifiers = identifiers;
    this.#rewrite = rewrite;
    this.#settle = settle;
  }

  /** Takes a fragment whose data are in `bytes`; returns what the owner can give it up by, null where it is settled. */
  add(place: FragmentPosition, bytes: Uint8Array, owner: T, time: Micros): string | null {
    const key = keyOf(place);
    const data = bytes.slice(place.start, place.end);
    const known = this.#replacementOf(key, place, data, time);
    if (known !== null) {
      this.#settle(owner, known);
      return null;
    }
    const datagram = this.#waiting.get(key) ?? { key, pieces: [] };
    this.#waiting.set(key, datagram);
    datagram.pieces.push({ place, data, owner });
    if (!isCovered(datagram.pieces)) return key;
    this.finish(key, time);
    return null;
  }

  /** Settles the fragments of a datagram, whole or not. */
  finish(key: string, time: Micros): void {
    const datagram = this.#waiting.get(key);
    if (datagram === undefined) return;
    this.#waiting.delete(key);
    const { pieces } = datagram;
    const head = headOf(pieces);
    const before = head.slice();
    const first = pieces.find(({ place }) => place.offset === 0);
    if (first !== undefined)
      this.#rewrite(first.place, head, head.length, totalOf(pieces) ?? LARGEST_DATAGRAM_BYTES);
    const settled = pieces.map(({ place: { offset }, data, owner }) => {
      const end = offset + data.length;
      const isInHead = end <= head.length && equalBytes(before.subarray(offset, end), data);
      return { offset, data, owner, replacement: isInHead ? head.slice(offset, end) : this.#replaced(data) };
    });
    this.#remember(key, { time, pieces: settled });
    for (const { owner, replacement } of settled) this.#settle(owner, replacement);
  }

  /** A fragment that cannot be read without those before it. */
  #replaced(data: Uint8Array): Uint8Array {
    const bytes = data.slice();
    this.#identifiers.content(bytes, 0, bytes.length);
    return bytes;
  }

  #replacementOf(
    key: string,
    { offset }: FragmentPosition,
    data: Uint8Array,
    time: Micros,
  ): Uint8Array | null {
    const finished = this.#finished.get(key);
    if (finished === undefined || Math.abs(time - finished.time) > COPY_WINDOW_US) return null;
    const same = finished.pieces.find((piece) => piece.offset === offset && equalBytes(piece.data, data));
    return same?.replacement ?? null;
  }

  #remember(key: string, finished: Finished): void {
    this.#finished.delete(key);
    this.#finished.set(key, finished);
    if (this.#finished.size <= REMEMBERED_DATAGRAMS) return;
    for (const oldest of this.#finished.keys()) {
      this.#finished.delete(oldest);
      break;
    }
  }
}

/** Fields that fragments of one datagram share (RFC 791 section 2.3, RFC 8200 section 4.5). */
function keyOf({ version, protocol, identification, addresses }: FragmentPosition): string {
  const { source, destination } = addresses;
  return `${toHex(source)}>${toHex(destination)} ${version === 4 ? protocol : ""} ${identification}`;
}

/** Length of the datagram's payload; null where its last fragment is not there. */
function totalOf(pieces: readonly Piece<unknown>[]): number | null {
  const last = pieces.find(({ place }) => !place.more);
  return last === undefined ? null : last.place.offset + last.place.length;
}

function isCovered(pieces: readonly Piece<unknown>[]): boolean {
  const total = totalOf(pieces);
  if (total === null) return false;
  let at = 0;
  for (const { place } of byOffset(pieces)) {
    if (place.offset > at) return false;
    at = Math.max(at, place.offset + place.length);
  }
  return at >= total;
}

/** The bytes from the first one on up to the first gap; what overlaps belongs to the fragment that began before. */
function headOf(pieces: readonly Piece<unknown>[]): Uint8Array {
  const head = new Uint8Array(LARGEST_DATAGRAM_BYTES);
  let at = 0;
  for (const { place, data } of byOffset(pieces)) {
    if (place.offset > at || place.offset + data.length > LARGEST_DATAGRAM_BYTES) break;
    if (place.offset < at) continue;
    head.set(data, at);
    at += data.length;
    if (data.length < place.length) break;
  }
  return head.slice(0, at);
}

function byOffset<T>(pieces: readonly Piece<T>[]): Piece<T>[] {
  return pieces.toSorted((a, b) => a.place.offset - b.place.offset);
}
