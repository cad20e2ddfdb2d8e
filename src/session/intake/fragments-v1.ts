import { joinFragmentsV1 } from "../../ike/fragments-v1.js";
import type { Micros } from "../../bytes/time.js";
import type { FragmentV1Payload, IkeMessage } from "../../ike/message.js";
import type { Unplaced } from "./sightings.js";

/** Bounds of what waits for its missing fragments. */
const LIMIT = { messages: 256, fragments: 64 } as const;
/** Copies of one packet come within this time; a daemon sends again later. */
const COPY_WINDOW_US: Micros = 100_000;

/** One fragment as it was seen. */
export interface SeenFragment {
  readonly message: IkeMessage;
  readonly bytes: Uint8Array;
  readonly payload: FragmentV1Payload;
  readonly sighting: Unplaced;
}

/** A message put together from its fragments, seen with the frames of all of them. */
export interface JoinedMessage {
  readonly bytes: Uint8Array;
  readonly sighting: Unplaced;
  readonly fragments: number;
}

/** One fragment of a message that was put together. */
interface JoinedFragment {
  readonly number: number;
  readonly identification: number;
  readonly time: Micros;
}

/** Puts IKEv1 messages together that were sent in fragments (payload 132), for each sender by fragment id. */
export class FragmentJoiner {
  readonly #waiting = new Map<string, SeenFragment[]>();
  /** The messages that were put together last: copies of their last fragments come behind that, and wait for a message of their own. */
  readonly #joined = new Map<string, JoinedFragment[]>();
  readonly #giveUp: (fragments: readonly SeenFragment[]) => void;

  /** `giveUp` is told of the fragments whose message never became whole; not of copies of such as were put together. */
  constructor(giveUp: (fragments: readonly SeenFragment[]) => void) {
    this.#giveUp = giveUp;
  }

  /** Takes a fragment; gives the whole message where this one completes it, else null. */
  add(fragment: SeenFragment): JoinedMessage | null {
    const key = keyOf(fragment);
    const held = this.#waiting.get(key) ?? [];
    if (held.length === 0) this.#waiting.set(key, held);
    if (held.length < LIMIT.fragments) held.push(fragment);
    const bytes = joinFragmentsV1(held.map(({ payload }) => payload));
    if (bytes === null) {
      if (this.#waiting.size > LIMIT.messages) this.#giveUpOldest();
      return null;
    }
    this.#waiting.delete(key);
    this.#remember(key, held);
    const numbers = new Set(held.map(({ payload }) => payload.number));
    return { bytes, sighting: joinedSighting(held, fragment), fragments: numbers.size };
  }

  /** Gives up messages of which the first fragment that came is older than `time`. */
  giveUpBefore(time: Micros): void {
    for (const [first] of this.#waiting.values()) {
      if (first === undefined || first.sighting.time >= time) return;
      this.#giveUpOldest();
    }
  }

  /** Gives up all that still waits. */
  finish(): void {
    while (this.#waiting.size > 0) this.#giveUpOldest();
  }

  #giveUpOldest(): void {
    for (const [key, fragments] of this.#waiting) {
      this.#waiting.delete(key);
      const joined = this.#joined.get(key) ?? [];
      const left = fragments.filter((fragment) => !joined.some((one) => isCopy(one, fragment)));
      if (left.length > 0) this.#giveUp(left);
      return;
    }
  }

  #remember(key: string, held: readonly SeenFragment[]): void {
    const before = this.#joined.get(key) ?? [];
    const joined = held.map(({ payload: { number }, sighting: { identification, time } }) => ({
      number,
      identification,
      time,
    }));
    this.#joined.delete(key);
    this.#joined.set(key, [...before, ...joined].slice(-LIMIT.fragments));
    if (this.#joined.size <= LIMIT.messages) return;
    const [oldest] = this.#joined.keys();
    if (oldest !== undefined) this.#joined.delete(oldest);
  }
}

/** IPv6 numbers no packets: there the time alone tells a copy from what was sent again. */
function isCopy(joined: JoinedFragment, { payload, sighting }: SeenFragment): boolean {
  return (
    joined.number === payload.number &&
    joined.identification === sighting.identification &&
    Math.abs(sighting.time - joined.time) <= COPY_WINDOW_US
  );
}

function keyOf({ message: { header }, payload, sighting: { source, destination } }: SeenFragment): string {
  const ends = `${source.address}:${source.port}>${destination.address}:${destination.port}`;
  return `${ends}|${header.initiatorSpi}|${header.responderSpi}|${payload.id}`;
}

function joinedSighting(held: readonly SeenFragment[], last: SeenFragment): Unplaced {
  const first = held[0] ?? last;
  // A fragment that came in copies counts once.
  const sizes = new Map(held.map(({ payload, sighting }) => [payload.number, sighting.bytes]));
  return {
    ...first.sighting,
    frames: held.flatMap(({ sighting }) => sighting.frames),
    bytes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}
