import type { Micros } from "../bytes/time.js";
import type { TunnelAccount } from "../live/account/account.js";
import { messagesByName, messagesOf } from "./messages.js";

/** A packet is on its way no longer: what differs by more is no delay, or the clock was set in between. */
const LARGEST_SPREAD: Micros = 2_000_000;

/**
 * How far the clock of `other` is ahead of that of `one`, to within the time that packets take: the median over the messages that
 * both have with all their attempts, and streams that begin with the same packet. Null if nothing tells it, or a clock was set.
 */
export function clockDifference(one: TunnelAccount, other: TunnelAccount): Micros | null {
  const differences = [...messageDifferences(one, other), ...streamDifferences(one, other)].toSorted(
    (a, b) => a - b,
  );
  const [least, most] = [differences[0], differences.at(-1)];
  if (least === undefined || most === undefined || most - least > LARGEST_SPREAD) return null;
  return differences[differences.length >> 1] ?? null;
}

function messageDifferences(one: TunnelAccount, other: TunnelAccount): Micros[] {
  const there = messagesByName(other);
  return messagesOf(one).flatMap(({ name, message }) => {
    const same = there.get(name)?.message;
    // If some attempts are missing at one end, the first of them need not be the same.
    return same?.attempts === message.attempts ? [same.firstTime - message.firstTime] : [];
  });
}

function streamDifferences(one: TunnelAccount, other: TunnelAccount): Micros[] {
  return one.streams.flatMap(({ spi, encapsulation, firstSequence, firstTime }) => {
    const same = other.streams.find((stream) => stream.spi === spi && stream.encapsulation === encapsulation);
    return same?.firstSequence === firstSequence ? [same.firstTime - firstTime] : [];
  });
}
