import type { Exchange, Transmission } from "../../session/model.js";
import type { TunnelContext } from "../context.js";
import { isRecordable } from "./lost-message.js";
import { exchangesOf, type Passage } from "./passage.js";

/**
 * Attempts of IKE messages of the sender that the first place has and the second has not, whether the message came through in the end or
 * not. Pieces of messages are not counted.
 */
export function lostAttempts(context: TunnelContext, passage: Passage): number {
  const arrived = new Map<string, Exchange[]>();
  for (const [key, exchange] of exchangesOf(passage.to)) {
    arrived.set(key, [...(arrived.get(key) ?? []), exchange]);
  }
  let lost = 0;
  for (const [key, exchange] of exchangesOf(passage.from)) {
    const there = arrived.get(key) ?? [];
    for (const side of ["request", "response"] as const) {
      const message = exchange[side];
      if (message === null || !isRecordable(context, passage, message)) continue;
      lost += Math.max(0, message.tries - triesOf(there.map((other) => other[side])));
    }
  }
  return lost;
}

function triesOf(messages: readonly (Transmission | null)[]): number {
  return messages.reduce((sum, message) => sum + (message?.tries ?? 0), 0);
}
