import { describeProblem } from "../../bytes/problem.js";
import type { Micros } from "../../bytes/time.js";
import { decodeIke } from "../../ike/decode.js";
import type { IkeMessage } from "../../ike/message.js";
import { PAYLOAD_V1 } from "../../ike/registries/payload-types.js";
import type { Sighting } from "../model.js";
import type { SeenMessage } from "../transmission.js";
import {
  fragmentNumber,
  joinedFragment,
  malformedMessage,
  NEXT_PAYLOAD_AT,
  type PacketMoment,
} from "./decoded-message.js";
import { digest } from "./digest.js";
import { FragmentJoiner, type JoinedMessage } from "./fragments-v1.js";
import type { MessageTap } from "./message-tap.js";
import type { MessageOpener } from "./openers.js";
import type { Datagram } from "./waiting-datagrams.js";

/** Decodes messages as they come, and hands them to a tap. */
export class TappedMessages {
  readonly #tap: MessageTap;
  readonly #opener: MessageOpener | null;
  /** The tap has had each fragment already when their message never becomes whole. */
  readonly #fragmentsV1 = new FragmentJoiner(() => undefined);

  constructor(tap: MessageTap, opener: MessageOpener | null) {
    this.#tap = tap;
    this.#opener = opener;
  }

  /** One message, whose bytes are reused for the next packet. */
  message({ bytes, sighting, isCut }: Datagram): void {
    const isFragment = bytes[NEXT_PAYLOAD_AT] === PAYLOAD_V1.FRAGMENT;
    const isOpened = this.#opener !== null;
    if (!isFragment && !isOpened && this.#tap.undecoded?.(bytes, sighting) === true) return;
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), isCut);
      return;
    }
    const { message } = decoded;
    sighting.fragment = fragmentNumber(message);
    this.#tap.message({ message, bytes, digest: 0, sighting, ...this.#opened(message, bytes, sighting) });
    if (message.payloads[0]?.kind !== "fragmentV1") return;
    const joined = joinedFragment(this.#fragmentsV1, bytes.slice(), sighting);
    if (joined !== null) this.#joined(joined);
  }

  /** A datagram on an IKE port that cannot be read. */
  malformed(moment: PacketMoment, reason: string, cutBySnapLength: boolean): void {
    this.#tap.malformed(malformedMessage(moment, reason, cutBySnapLength, "datagram"));
  }

  /** Fragments that came before `time` wait no longer for others. */
  giveUpBefore(time: Micros): void {
    this.#fragmentsV1.giveUpBefore(time);
  }

  #joined({ bytes, sighting, fragments }: JoinedMessage): void {
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.malformed(sighting, describeProblem(decoded.problem), false);
      return;
    }
    const { message } = decoded;
    const opened = this.#opened(message, bytes, sighting);
    this.#tap.message({
      message,
      bytes,
      digest: digest(bytes),
      sighting,
      joinedFrom: fragments,
      ...opened,
    });
  }

  #opened(message: IkeMessage, bytes: Uint8Array, sighting: Sighting): Pick<SeenMessage, "opened"> {
    const opened = this.#opener?.message(message, bytes, sighting) ?? null;
    return opened === null ? {} : { opened };
  }
}
