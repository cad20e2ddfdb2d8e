import { hex64At } from "../../bytes/hex.js";
import { describeProblem } from "../../bytes/problem.js";
import type { Micros } from "../../bytes/time.js";
import { decodeIke } from "../../ike/decode.js";
import type { IkeMessage } from "../../ike/message.js";
import { isOpeningRequest, openingPart } from "../../ike/opening.js";
import { isSealedInformational, isSealedInformationalV1 } from "../../ike/sealed.js";
import { PAYLOAD_V1 } from "../../ike/registries/payload-types.js";
import type { SeenMessage } from "../transmission.js";
import type { IcmpAnswer, MalformedMessage, Sighting } from "../model.js";
import type { SessionBuilder } from "../session-builder.js";
import { CLOCKS_APART } from "../clocks.js";
import { digest } from "./digest.js";
import { FragmentJoiner, type JoinedMessage, type SeenFragment } from "./fragments-v1.js";
import type { Unplaced } from "./sightings.js";
import type { MessageOpener } from "./openers.js";
import { MOST_WAITING, TimeOrder } from "./time-order.js";
import { type Datagram, WaitingDatagrams } from "./waiting-datagrams.js";

/** In the IKE header. */
const NEXT_PAYLOAD_AT = 16;

/** Messages ahead among which the request of an answer is looked for. */
const REACH = 64;

/** A window of the order of time out of which an event falls as it comes. */
const AT_ONCE: Micros = -1;

/** Takes the messages of a capture one by one, in the order of the frames that complete them. */
export interface MessageTap {
  /**
   * Is shown each datagram before it is decoded, IKEv1 fragments excepted; where it says true, that was all that it wants
   * to know of the message. The bytes are reused.
   */
  undecoded?(bytes: Uint8Array, sighting: Sighting): boolean;
  /**
   * A message that was decoded, as a whole or up to its `problem`. Its digest is not computed, and its payloads point into
   * a buffer that is reused: who keeps them copies them.
   */
  message(seen: SeenMessage): void;
  /** A datagram on an IKE port that has not even an IKE header, or one in which nothing fits. */
  malformed(message: MalformedMessage): void;
}

type Event =
  | { readonly kind: "datagram"; readonly time: number; readonly slot: number }
  | { readonly kind: "message"; readonly time: number; readonly seen: SeenMessage }
  | { readonly kind: "icmp"; readonly time: number; readonly answer: IcmpAnswer }
  | { readonly kind: "malformed"; readonly time: number; readonly message: MalformedMessage };

/** Place and time of a packet. */
type Place = Pick<Sighting, "frames" | "time" | "source" | "destination">;

/** Decodes messages and hands them on: to a tap as they come, or in order of time to the session model. */
export class MessageIntake {
  /** One more than wait: an event is in the queue before another one leaves it. */
  readonly #waiting = new WaitingDatagrams(MOST_WAITING + 1);
  readonly #builder: SessionBuilder;
  readonly #tap: MessageTap | null;
  readonly #order: TimeOrder<Event>;
  readonly #fragmentsV1: FragmentJoiner;
  readonly #opener: MessageOpener | null;

  /** `inOrder` says that messages come in order of time: none waits for another one. `opener` is shown each message first. */
  constructor(
    builder: SessionBuilder,
    tap: MessageTap | null,
    inOrder = false,
    opener: MessageOpener | null = null,
  ) {
    this.#opener = opener;
    this.#builder = builder;
    this.#tap = tap;
    this.#order = new TimeOrder((event) => this.#deliver(event), ...(inOrder ? [AT_ONCE] : []));
    // A tap had each fragment already. For the model: late, but the exchange that they belong to is found by its SPIs, and its tries are ordered by time.
    this.#fragmentsV1 = new FragmentJoiner((fragments) => {
      if (tap !== null) return;
      for (const fragment of fragments) builder.message(seenOf(fragment));
    });
  }

  /** Whether somebody looks at all that could be a message; the model has no use for what is none. */
  get isTapped(): boolean {
    return this.#tap !== null;
  }

  /** One message. `bytes` are reused for the next packet; `isCut` says that the capture did not keep all of them. */
  message(bytes: Uint8Array, sighting: Unplaced, isCut: boolean): void {
    if (this.#tap !== null) {
      this.#tapped(this.#tap, { bytes, sighting, isCut });
      return;
    }
    const datagram = { bytes, sighting, isCut };
    // Thousands wait for their turn: as bytes, for a decoded message takes ten times the room. Fragments do not wait.
    if (bytes[NEXT_PAYLOAD_AT] === PAYLOAD_V1.FRAGMENT) {
      this.#read({ ...datagram, bytes: bytes.slice() }, (event) => this.#order.push(event));
    } else this.#order.push({ kind: "datagram", time: sighting.time, slot: this.#waiting.put(datagram) });
  }

  #tapped(tap: MessageTap, { bytes, sighting, isCut }: Datagram): void {
    const isFragment = bytes[NEXT_PAYLOAD_AT] === PAYLOAD_V1.FRAGMENT;
    const isOpened = this.#opener !== null;
    if (!isFragment && !isOpened && tap.undecoded?.(bytes, sighting) === true) return;
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), isCut);
      return;
    }
    const { message } = decoded;
    sighting.fragment = fragmentNumber(message);
    tap.message({ message, bytes, digest: 0, sighting, ...this.#opened(message, bytes, sighting) });
    if (message.payloads[0]?.kind === "fragmentV1") this.#fragment(bytes.slice(), sighting);
  }

  #read({ bytes, sighting, isCut }: Datagram, next: (event: Event) => void): void {
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      next(malformedEvent(sighting, describeProblem(decoded.problem), isCut, "datagram"));
      return;
    }
    const { message } = decoded;
    sighting.fragment = fragmentNumber(message);
    if (message.problem !== null && !isCut && sighting.missingFragments === null) {
      next(malformedEvent(sighting, describeProblem(message.problem), false, "message"));
      if (message.payloads.length === 0) return;
    }
    if (message.payloads[0]?.kind === "fragmentV1") {
      this.#fragment(bytes, sighting);
      return;
    }
    next({
      kind: "message",
      time: sighting.time,
      seen: { message, bytes, digest: digest(bytes), sighting },
    });
  }

  /** A fragment of an IKEv1 message waits for the others, with bytes of its own. */
  #fragment(bytes: Uint8Array, sighting: Unplaced): void {
    const decoded = decodeIke(bytes);
    const [payload] = decoded.ok ? decoded.message.payloads : [];
    if (!decoded.ok || payload?.kind !== "fragmentV1") return;
    const joined = this.#fragmentsV1.add({ message: decoded.message, bytes, payload, sighting });
    if (joined !== null) this.#joined(joined);
  }

  #joined({ bytes, sighting, fragments }: JoinedMessage): void {
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), false);
      return;
    }
    const { message } = decoded;
    const seen = { message, bytes, digest: digest(bytes), sighting, joinedFrom: fragments };
    if (this.#tap !== null) {
      this.#tap.message({ ...seen, ...this.#opened(message, bytes, sighting) });
      return;
    }
    this.#order.push({ kind: "message", time: sighting.time, seen });
  }

  #opened(message: IkeMessage, bytes: Uint8Array, sighting: Sighting): Pick<SeenMessage, "opened"> {
    const opened = this.#opener?.message(message, bytes, sighting) ?? null;
    return opened === null ? {} : { opened };
  }

  /** A datagram on an IKE port that cannot be read. */
  malformed(sighting: Place, reason: string, cutBySnapLength: boolean): void {
    const event = malformedEvent(sighting, reason, cutBySnapLength, "datagram");
    if (this.#tap !== null) this.#tap.malformed(event.message);
    else this.#order.push(event);
  }

  icmp(answer: IcmpAnswer): void {
    this.#order.push({ kind: "icmp", time: answer.time, answer });
  }

  /** Fragments that came before `time` wait no longer for others. */
  giveUpBefore(time: Micros): void {
    this.#fragmentsV1.giveUpBefore(time);
  }

  /** Hands on what is still held back for its order. */
  flush(): void {
    this.#order.flush();
    this.#fragmentsV1.finish();
  }

  /** Whether the datagram was a liveness check like others, and is filed. */
  #isCheck({ bytes, sighting, isCut }: Datagram): boolean {
    if (isCut || (!isSealedInformational(bytes) && !isSealedInformationalV1(bytes))) return false;
    return this.#builder.check({ bytes, sighting, digest: digest(bytes) });
  }

  /** Whether the datagram was an IKE_SA_INIT request as it was seen before, and is counted. */
  #isOpeningAgain({ bytes, sighting, isCut }: Datagram): boolean {
    // A flood is nothing but new openings: a digest of each is made when it is decoded.
    if (isCut || !isOpeningRequest(bytes) || !this.#builder.knowsIkeSa(hex64At(bytes, 0))) return false;
    return this.#builder.openingAgain({ bytes, sighting, digest: digest(bytes) });
  }

  /** Shows the opener a message; true where it is a liveness check, also with what is known now, and is filed. */
  #isOpenedCheck({ message, bytes, sighting }: SeenMessage): boolean {
    if (this.#opener === null) return false;
    const opened = this.#opener.message(message, bytes, sighting);
    if (opened !== null && opened.firstType !== 0) return false;
    return this.#isCheck({ bytes, sighting, isCut: message.available < message.header.length });
  }

  /**
   * The first message of an IKE SA, where the answer stands before it: the two directions were captured by clocks that
   * differ, and who begins an IKE SA is told by what comes first.
   */
  #requestBehind({ bytes, sighting }: Datagram): Event | undefined {
    if (openingPart(bytes) !== "later") return undefined;
    const initiatorSpi = hex64At(bytes, 0);
    if (this.#builder.knowsIkeSa(initiatorSpi)) return undefined;
    return this.#order.takeAhead(sighting.time + CLOCKS_APART, REACH, (event) => {
      if (event.kind !== "datagram") return false;
      const waiting = this.#waiting.bytesOf(event.slot);
      return openingPart(waiting) === "first" && hex64At(waiting, 0) === initiatorSpi;
    });
  }

  #deliver(event: Event): void {
    switch (event.kind) {
      case "datagram": {
        const datagram = this.#waiting.take(event.slot);
        const request = this.#requestBehind(datagram);
        if (request !== undefined) this.#deliver(request);
        // With keys it may prove to be more than a check.
        if (this.#opener !== null || !(this.#isCheck(datagram) || this.#isOpeningAgain(datagram))) {
          this.#read(datagram, (read) => this.#deliver(read));
        }
        return;
      }
      case "message":
        if (!this.#isOpenedCheck(event.seen)) this.#builder.message(event.seen);
        return;
      case "icmp":
        this.#builder.icmp(event.answer);
        return;
      case "malformed":
        this.#builder.malformed(event.message);
    }
  }
}

/** A fragment that stays alone: told from others by its place, for its bytes are not those of a message. */
function seenOf({ message, bytes, sighting }: SeenFragment): SeenMessage {
  return { message, bytes, digest: sighting.frames[0] ?? 0, sighting };
}

/** Number of an IKEv1 or SKF fragment; 0 for a whole message. */
function fragmentNumber({ payloads }: IkeMessage): number {
  const [first] = payloads;
  if (first?.kind === "fragmentV1") return first.number;
  return payloads.find((payload) => payload.kind === "encrypted")?.fragment?.number ?? 0;
}

function malformedEvent(
  { time, source, destination, frames }: Place,
  reason: string,
  cutBySnapLength: boolean,
  what: MalformedMessage["what"],
) {
  const message: MalformedMessage = {
    frame: frames[0] ?? 0,
    time,
    source,
    destination,
    reason,
    what,
    cutBySnapLength,
  };
  return { kind: "malformed", time, message } as const;
}
