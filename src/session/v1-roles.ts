import type { Micros } from "../bytes/time.js";
import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import { type IkeMessage, V1_FLAG, ZERO_SPI } from "../ike/message.js";
import { PAYLOAD_V1 } from "../ike/registries/payload-types.js";
import { NAT_T_PORT } from "../ike/ports.js";
import type { Role, Sighting } from "./model.js";
import { otherRole } from "./model/queries.js";
import type { SeenMessage } from "./transmission.js";

/**
 * What a claim rests on. An order of two messages may be that of an answer and a retransmission; that the first sealed message follows a
 * key exchange of the other peer, and a message that only one role sends, are not contradicted by it.
 */
const CERTAINTY = { none: 0, order: 1, keysThenSealed: 2, content: 3 } as const;
type Certainty = (typeof CERTAINTY)[keyof typeof CERTAINTY];

/** After so long a message is a retransmission rather than an answer: strongSwan repeats after 4 s (charon.retransmit_timeout). */
const ANSWER_US: Micros = 2_000_000;
/** By so much the time to an answer has to be shorter to speak against an earlier order. */
const CLEARLY_SHORTER = 2;

/**
 * Tells the initiator of an IKEv1 SA from its messages when the capture lacks the first one, as no header says it
 * (RFC 2409 5.1-5.4). Main mode: both send a key exchange, the initiator first; then both send a sealed message, the initiator
 * first. Behind NAT the initiator moves to port 4500 first. Quick mode and what else comes under the keys of phase 1 may be
 * begun by either peer, but not before both sealed messages were sent.
 */
export class RolesV1 {
  #certainty: Certainty = CERTAINTY.none;
  #isTurned = false;
  /** Time to the answer in the pair of messages that the present order rests on. */
  #pairGap: Micros = Infinity;
  /** The last key exchange and sealed message of main mode; by the roles of now. */
  #keys: Sent | null = null;
  #sealed: Sent | null = null;
  #bothSealed = false;
  /** The peer that was seen on port 4500 first; by the roles of now. */
  #floated: Role | null = null;

  /** Whether anything proved the roles. */
  get areProven(): boolean {
    return this.#certainty > CERTAINTY.none;
  }

  /**
   * Takes one message in, which `from` sent if the roles are those of now, retransmissions too; call it with messages in order of time.
   * True if it proves that the roles are the other way round, which they are from then on.
   */
  observe({ message, sighting }: SeenMessage, from: Role): boolean {
    if (this.#certainty === CERTAINTY.content) return false;
    this.#isTurned = false;
    this.#takeFloat(sighting, from);
    // If the ports turn the roles, `from` is of before.
    if (!this.#isTurned) this.#weigh(message, { from, time: sighting.time });
    return this.#isTurned;
  }

  #weigh(message: IkeMessage, sent: Sent): void {
    const { from } = sent;
    const { exchangeType, responderSpi, flags } = message.header;
    switch (exchangeType) {
      case EXCHANGE_V1.MAIN_MODE:
      case EXCHANGE_V1.AGGRESSIVE_MODE:
        if (startsWith(message, "sa", PAYLOAD_V1.SA)) {
          // The side that chooses from an offer has a cookie of its own.
          this.#claim(responderSpi === ZERO_SPI ? from : otherRole(from), CERTAINTY.content);
        } else if (exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE) {
          if (!isPiece(message)) this.#claim(from, CERTAINTY.content);
        } else if (startsWith(message, "ke", PAYLOAD_V1.KE)) {
          this.#pair(this.#keys, sent);
          this.#keys = this.#bySentRole(sent);
        } else if ((flags & V1_FLAG.encryption) !== 0) {
          this.#takeSealed(sent);
        }
        break;
      case EXCHANGE_V1.QUICK_MODE:
      case EXCHANGE_V1.TRANSACTION:
        // The only sealed message was the last one of main mode, which the responder sends.
        if (this.#sealed !== null && !this.#bothSealed && from !== this.#sealed.from) {
          this.#claim(from, CERTAINTY.order);
        }
        break;
      default:
    }
  }

  /**
   * Behind NAT the initiator moves to port 4500 with Main Mode 5, and the responder with its answer (RFC 3947 section 4): while
   * one side is on 4500 and the other still sends on 500, the first is the initiator.
   */
  #takeFloat({ source, destination }: Sighting, from: Role): void {
    if (source.port === NAT_T_PORT || destination.port === NAT_T_PORT) this.#floated ??= from;
    else if (this.#floated === otherRole(from)) this.#claim(this.#floated, CERTAINTY.keysThenSealed);
  }

  #takeSealed(sent: Sent): void {
    const before = this.#sealed;
    if (before === null && this.#keys?.from === otherRole(sent.from)) {
      this.#claim(sent.from, CERTAINTY.keysThenSealed);
    }
    if (before !== null && before.from !== sent.from) this.#bothSealed = true;
    this.#pair(before, sent);
    this.#sealed = this.#bySentRole(sent);
  }

  /** Two messages of a kind: the second one answers the first one if it comes at once, and sooner than in other pairs. */
  #pair(asked: Sent | null, answer: Sent): void {
    if (asked === null || asked.from === answer.from || this.#certainty > CERTAINTY.order) return;
    const gap = answer.time - asked.time;
    if (gap >= ANSWER_US || gap * CLEARLY_SHORTER > this.#pairGap) return;
    this.#pairGap = gap;
    this.#certainty = CERTAINTY.none;
    this.#claim(asked.from, CERTAINTY.order);
  }

  /** By the roles of now: the message may have turned them. */
  #bySentRole({ from, time }: Sent): Sent {
    return { from: this.#isTurned ? otherRole(from) : from, time };
  }

  #claim(initiator: Role, certainty: Certainty): void {
    if (certainty <= this.#certainty) return;
    this.#certainty = certainty;
    if (initiator === "initiator") return;
    this.#isTurned = true;
    this.#keys = turned(this.#keys);
    this.#sealed = turned(this.#sealed);
    if (this.#floated !== null) this.#floated = otherRole(this.#floated);
  }
}

/** The sender of a message, and its time. */
interface Sent {
  readonly from: Role;
  readonly time: Micros;
}

function turned(sent: Sent | null): Sent | null {
  return sent === null ? null : { ...sent, from: otherRole(sent.from) };
}

/** Whether a message in clear begins with a payload, also where the snap length cut that off: then its header names it. */
function startsWith({ header, payloads }: IkeMessage, kind: "sa" | "ke", type: number): boolean {
  const inClear = (header.flags & V1_FLAG.encryption) === 0;
  return payloads.some((payload) => payload.kind === kind) || (inClear && header.nextPayload === type);
}

/** A fragment alone does not say which message it is of. */
function isPiece({ payloads }: IkeMessage): boolean {
  return payloads.some(({ kind }) => kind === "fragmentV1");
}
