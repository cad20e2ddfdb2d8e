import { type Message, say } from "../../../texts/message.js";

/** The number of things of one kind that a tunnel keeps, as a text; where `notKept` more were seen, the least that it can be. */
export function numberOf(kept: readonly unknown[], notKept: number): Message | number {
  return notKept === 0 ? kept.length : say`at least ${kept.length}`;
}
