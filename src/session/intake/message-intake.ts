import { describeProblem } from "../../bytes/problem.js";
import { decodeIke } from "../../ike/decode.js";
import type { SeenMessage } from "../ike-sa-builder.js";
import type { IcmpAnswer, MalformedMessage, Sighting } from "../model.js";
import type { SessionBuilder } from "../session-builder.js";
import { digest } from "./digest.js";
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

  constructor(builder: SessionBuilder, tap: MessageTap | null) {
    this.#tap = tap;
    this.#order = new TimeOrder((event) => deliver(builder, event));
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
    sighting.fragment =
      message.payloads.find((payload) => payload.kind === "encrypted")?.fragment?.number ?? 0;
    if (this.#tap !== null) {
      this.#tap.message({ message, digest: 0, sighting });
      return;
    }
    if (message.problem !== null && !isCut && sighting.missingFragments === null) {
      this.malformed(sighting, describeProblem(message.problem), false);
      if (message.payloads.length === 0) return;
    }
    const seen = { message, digest: digest(kept), sighting };
    this.#order.push({ kind: "message", time: sighting.time, seen });
  }

  /** A datagram on an IKE port that cannot be read, or not to its end. */
  malformed(
    { time, source, destination, frames }: Pick<Sighting, "frames" | "time" | "source" | "destination">,
    reason: string,
    cutBySnapLength: boolean,
  ): void {
    const message = { frame: frames[0] ?? 0, time, source, destination, reason, cutBySnapLength };
    if (this.#tap !== null) this.#tap.malformed(message);
    else this.#order.push({ kind: "malformed", time, message });
  }

  icmp(answer: IcmpAnswer): void {
    this.#order.push({ kind: "icmp", time: answer.time, answer });
  }

  /** Hands on what is still held back for its order. */
  flush(): void {
    this.#order.flush();
  }
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
