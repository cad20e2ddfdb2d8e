import { hex64At } from "../../bytes/hex.js";
import { describeProblem } from "../../bytes/problem.js";
import type { Micros } from "../../bytes/time.js";
import { decodeIke } from "../../ike/decode.js";
import { isOpeningRequest, openingPart } from "../../ike/opening.js";
import { isSealedInformational, isSealedInformationalV1 } from "../../ike/sealed.js";
import { PAYLOAD_V1 } from "../../ike/registries/payload-types.js";
import type { SeenMessage } from "../transmission.js";
import type { IcmpAnswer, MalformedMessage } from "../model.js";
import type { SessionBuilder } from "../session-builder.js";
import { CLOCKS_APART } from "../clocks.js";
import {
  fragmentNumber,
  joinedFragment,
  malformedMessage,
  NEXT_PAYLOAD_AT,
  type PacketMoment,
} from "./decoded-message.js";
import { digest } from "./digest.js";
import { FragmentJoiner, type JoinedMessage, type SeenFragment } from "./fragments-v1.js";
import type { Unplaced } from "./sightings.js";
import type { MessageOpener } from "./openers.js";
import type { MessageTap } from "./message-tap.js";
import { TappedMessages } from "./tapped-messages.js";
import { MOST_WAITING, TimeOrder } from "./time-order.js";
import { type Datagram, WaitingDatagrams } from "./waiting-datagrams.js";

/** Messages ahead among which the request of an answer is looked for. */
const REACH = 64;

/** A window of the order of time out of which an event falls as it comes. */
const AT_ONCE: Micros = -1;

type DecodedEvent =
  | { readonly kind: "message"; readonly time: number; readonly seen: SeenMessage }
  | { readonly kind: "icmp"; readonly time: number; readonly answer: IcmpAnswer }
  | { readonly kind: "malformed"; readonly time: number; readonly message: MalformedMessage };

/** An event that waits for its turn; a number is the slot of a datagram. */
type Event = DecodedEvent | number;

/** Decodes messages and hands them on: to a tap as they come, or in order of time to the session model. */
export class MessageIntake {
  /** One more than wait: an event is in the queue before another one leaves it. */
  readonly #waiting = new WaitingDatagrams(MOST_WAITING + 1);
  readonly #builder: SessionBuilder;
  readonly #tapped: TappedMessages | null;
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
    this.#tapped = tap === null ? null : new TappedMessages(tap, opener);
    this.#order = new TimeOrder((event) => this.#deliver(event), ...(inOrder ? [AT_ONCE] : []));
    // Late, but the exchange that they belong to is found by its SPIs, and its tries are ordered by time.
    this.#fragmentsV1 = new FragmentJoiner((fragments) => {
      for (const fragment of fragments) builder.message(seenOf(fragment));
    });
  }

  /** Whether somebody looks at all that could be a message; the model has no use for what is none. */
  get isTapped(): boolean {
    return this.#tapped !== null;
  }

  /** One message. `bytes` are reused for the next packet; `isCut` says that the capture did not keep all of them. */
  message(bytes: Uint8Array, sighting: Unplaced, isCut: boolean): void {
    const datagram = { bytes, sighting, isCut };
    if (this.#tapped !== null) {
      this.#tapped.message(datagram);
      return;
    }
    // Thousands wait for their turn: as bytes, for a decoded message takes ten times the room. Fragments do not wait.
    if (bytes[NEXT_PAYLOAD_AT] === PAYLOAD_V1.FRAGMENT) {
      this.#read({ ...datagram, bytes: bytes.slice() }, (event) => this.#order.push(event.time, event));
    } else this.#order.push(sighting.time, this.#waiting.put(datagram));
  }

  #read({ bytes, sighting, isCut }: Datagram, next: (event: DecodedEvent) => void): void {
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
    // Cut fragments make no message when put together: each is one of the parts of what was sent.
    if (message.payloads[0]?.kind === "fragmentV1" && message.problem === null) {
      const joined = joinedFragment(this.#fragmentsV1, bytes, sighting);
      if (joined !== null) this.#joined(joined);
      return;
    }
    next({
      kind: "message",
      time: sighting.time,
      seen: { message, bytes, digest: digest(bytes), sighting },
    });
  }

  #joined({ bytes, sighting, fragments }: JoinedMessage): void {
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), false);
      return;
    }
    const seen: SeenMessage = {
      message: decoded.message,
      bytes,
      digest: digest(bytes),
      sighting,
      joinedFrom: fragments,
    };
    this.#order.push(sighting.time, { kind: "message", time: sighting.time, seen });
  }

  /** A datagram on an IKE port that cannot be read. */
  malformed(moment: PacketMoment, reason: string, cutBySnapLength: boolean): void {
    if (this.#tapped !== null) this.#tapped.malformed(moment, reason, cutBySnapLength);
    else this.#order.push(moment.time, malformedEvent(moment, reason, cutBySnapLength, "datagram"));
  }

  icmp(answer: IcmpAnswer): void {
    this.#order.push(answer.time, { kind: "icmp", time: answer.time, answer });
  }

  /** Fragments that came before `time` wait no longer for others. */
  giveUpBefore(time: Micros): void {
    this.#fragmentsV1.giveUpBefore(time);
    this.#tapped?.giveUpBefore(time);
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
      if (typeof event !== "number") return false;
      const waiting = this.#waiting.bytesOf(event);
      return openingPart(waiting) === "first" && hex64At(waiting, 0) === initiatorSpi;
    });
  }

  #deliver(event: Event): void {
    if (typeof event === "number") this.#deliverDatagram(this.#waiting.take(event));
    else this.#deliverDecoded(event);
  }

  #deliverDatagram(datagram: Datagram): void {
    const request = this.#requestBehind(datagram);
    if (request !== undefined) this.#deliver(request);
    // With keys it may prove to be more than a check.
    if (this.#opener !== null || !(this.#isCheck(datagram) || this.#isOpeningAgain(datagram))) {
      this.#read(datagram, (read) => this.#deliverDecoded(read));
    }
  }

  #deliverDecoded(event: DecodedEvent): void {
    switch (event.kind) {
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

function malformedEvent(...[moment, reason, cutBySnapLength, what]: Parameters<typeof malformedMessage>) {
  const message = malformedMessage(moment, reason, cutBySnapLength, what);
  return { kind: "malformed", time: moment.time, message } as const;
}
