import { describeProblem } from "../../bytes/problem.js";
import { decodeIke } from "../../ike/decode.js";
import type { IkeMessage } from "../../ike/message.js";
import type { SeenMessage } from "../transmission.js";
import type { IcmpAnswer, MalformedMessage, Sighting } from "../model.js";
import type { SessionBuilder } from "../session-builder.js";
import { digest } from "./digest.js";
import { FragmentJoiner, type JoinedMessage } from "./fragments-v1.js";
import type { Unplaced } from "./sightings.js";
import { TimeOrder } from "./time-order.js";

/** Takes the messages of a capture one by one, in the order of the frames that complete them. */
export interface MessageTap {
  /**
   * A message that was decoded, as a whole or up to its `problem`. Its digest is not computed, and its payloads point into
   * a buffer that is reused: who keeps them copies them.
   */
  message(seen: SeenMessage): void;
  /** A datagram on an IKE port that has not even an IKE header. */
  malformed(message: MalformedMessage): void;
}

type Event =
  | { readonly kind: "message"; readonly time: number; readonly seen: SeenMessage }
  | { readonly kind: "icmp"; readonly time: number; readonly answer: IcmpAnswer }
  | { readonly kind: "malformed"; readonly time: number; readonly message: MalformedMessage };

/** Decodes messages and hands them on: to a tap as they come, or in order of time to the session model. */
export class MessageIntake {
  readonly #tap: MessageTap | null;
  readonly #order: TimeOrder<Event>;
  readonly #fragmentsV1: FragmentJoiner;

  constructor(builder: SessionBuilder, tap: MessageTap | null) {
    this.#tap = tap;
    this.#order = new TimeOrder((event) => deliver(builder, event));
    // A tap had each fragment already. For the model: late, but the exchange that they belong to is found by its SPIs, and its tries are ordered by time.
    this.#fragmentsV1 = new FragmentJoiner((fragments) => {
      if (tap !== null) return;
      for (const { message, sighting } of fragments) builder.message(seenOf(message, sighting));
    });
  }

  /** One message. `bytes` are reused for the next packet; `isCut` says that the capture did not keep all of them. */
  message(bytes: Uint8Array, sighting: Unplaced, isCut: boolean): void {
    // The model keeps the message; a tap is done with it when it returns.
    const kept = this.#tap === null ? bytes.slice() : bytes;
    const decoded = decodeIke(kept);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), isCut);
      return;
    }
    const { message } = decoded;
    const [first] = message.payloads;
    const isFragmentV1 = first?.kind === "fragmentV1";
    sighting.fragment = isFragmentV1
      ? first.number
      : (message.payloads.find((payload) => payload.kind === "encrypted")?.fragment?.number ?? 0);
    if (this.#tap !== null) {
      this.#tap.message({ message, digest: 0, sighting });
      if (isFragmentV1) this.#fragment(bytes.slice(), sighting);
      return;
    }
    if (message.problem !== null && !isCut && sighting.missingFragments === null) {
      this.malformed(sighting, describeProblem(message.problem), false, "message");
      if (message.payloads.length === 0) return;
    }
    if (isFragmentV1) {
      this.#fragment(kept, sighting);
      return;
    }
    const seen = { message, digest: digest(kept), sighting };
    this.#order.push({ kind: "message", time: sighting.time, seen });
  }

  /** A fragment of an IKEv1 message waits for the others, with bytes of its own. */
  #fragment(bytes: Uint8Array, sighting: Unplaced): void {
    const decoded = decodeIke(bytes);
    const [payload] = decoded.ok ? decoded.message.payloads : [];
    if (!decoded.ok || payload?.kind !== "fragmentV1") return;
    const joined = this.#fragmentsV1.add({ message: decoded.message, payload, sighting });
    if (joined !== null) this.#joined(joined);
  }

  #joined({ bytes, sighting, fragments }: JoinedMessage): void {
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), false);
      return;
    }
    const seen = { message: decoded.message, digest: digest(bytes), sighting, joinedFrom: fragments };
    if (this.#tap !== null) {
      this.#tap.message(seen);
      return;
    }
    this.#order.push({ kind: "message", time: sighting.time, seen });
  }

  /** A datagram on an IKE port that cannot be read, or not to its end. */
  malformed(
    { time, source, destination, frames }: Pick<Sighting, "frames" | "time" | "source" | "destination">,
    reason: string,
    cutBySnapLength: boolean,
    what: MalformedMessage["what"] = "datagram",
  ): void {
    const message = { frame: frames[0] ?? 0, time, source, destination, reason, what, cutBySnapLength };
    if (this.#tap !== null) this.#tap.malformed(message);
    else this.#order.push({ kind: "malformed", time, message });
  }

  icmp(answer: IcmpAnswer): void {
    this.#order.push({ kind: "icmp", time: answer.time, answer });
  }

  /** Hands on what is still held back for its order. */
  flush(): void {
    this.#order.flush();
    this.#fragmentsV1.finish();
  }
}

/** A fragment that stays alone: told from others by its place, for its bytes are not those of a message. */
function seenOf(message: IkeMessage, sighting: Unplaced): SeenMessage {
  return { message, digest: sighting.frames[0] ?? 0, sighting };
}

function deliver(builder: SessionBuilder, event: Event): void {
  switch (event.kind) {
    case "message":
      builder.message(event.seen);
      return;
    case "icmp":
      builder.icmp(event.answer);
      return;
    case "malformed":
      builder.malformed(event.message);
  }
}
