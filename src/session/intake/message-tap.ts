import type { MalformedMessage, Sighting } from "../model.js";
import type { SeenMessage } from "../transmission.js";

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
