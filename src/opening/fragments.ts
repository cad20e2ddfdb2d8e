import { setBounded } from "./bounded-map.js";
import { joinBytes } from "./bytes.js";

/** RFC 7383 messages of real peers have fewer than ten fragments. */
const MOST_FRAGMENTS = 128;
/** Messages of one IKE SA that wait for fragments. */
const MOST_WAITING = 8;

interface Waiting {
  readonly total: number;
  readonly pieces: Map<number, Uint8Array>;
  firstType: number;
}

/** The content of all fragments of a message. */
export interface JoinedFragments {
  readonly firstType: number;
  readonly plain: Uint8Array;
}

/** Puts the opened fragments of an IKE SA's messages together (RFC 7383 2.6): each is opened by itself. */
export class OpenedFragments {
  readonly #waiting = new Map<string, Waiting>();

  /** Adds a fragment; gives the message when it is the last one that was missing, null before and after. */
  add(
    messageKey: string,
    fragment: { readonly number: number; readonly total: number },
    innerType: number,
    plain: Uint8Array,
  ): JoinedFragments | null {
    const { number, total } = fragment;
    if (total > MOST_FRAGMENTS || number < 1 || number > total) return null;
    let waiting = this.#waiting.get(messageKey);
    if (waiting === undefined || waiting.total !== total) {
      waiting = { total, pieces: new Map(), firstType: 0 };
      setBounded(this.#waiting, messageKey, waiting, MOST_WAITING);
    }
    if (number === 1) waiting.firstType = innerType;
    waiting.pieces.set(number, plain);
    if (waiting.pieces.size < total) return null;
    this.#waiting.delete(messageKey);
    const pieces = [...waiting.pieces].toSorted(([a], [b]) => a - b).map(([, piece]) => piece);
    return { firstType: waiting.firstType, plain: joinBytes(...pieces) };
  }
}
