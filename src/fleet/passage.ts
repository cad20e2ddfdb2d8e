import type { Micros } from "../bytes/time.js";
import type { PeerIndex, TunnelAccount } from "../live/account/account.js";
import { clockDifference } from "./clocks.js";
import type { DatedAccount, End } from "./end.js";
import { messagesOf } from "./messages.js";
import { orientationOf } from "./orientation.js";

/** A packet that is under way, or waits in a queue of the capture, for so long is not missing yet. */
const PATIENCE: Micros = 3_000_000;

/** One direction of a tunnel with both ends: what one gateway sends and the other should receive. */
export interface Passage {
  readonly sender: End;
  readonly receiver: End;
  /** Places of the sending peer in the accounts of the sender and of the receiver. */
  readonly from: PeerIndex;
  readonly fromThere: PeerIndex;
  /** How far the clock of the receiver is ahead of that of the sender; null if nothing tells. */
  readonly ahead: Micros | null;
}

/**
 * Both directions between two ends of a tunnel. None if the accounts do not say who sends what, or both gateways are on the same
 * side. `gatewayClock`: what other tunnels of the two gateways tell of their clocks, the second's ahead of the first's.
 */
export function passagesOf(one: End, other: End, gatewayClock: Micros | null): Passage[] {
  const [here, there] = [one.newest.account, other.newest.account];
  const orientation = orientationOf(here, there);
  if (orientation === null) return [];
  const mapped = (index: PeerIndex): PeerIndex => (orientation === "same" ? index : index === 0 ? 1 : 0);
  const ahead = clockDifference(here, there) ?? gatewayClock;
  const back = ahead === null ? null : -ahead;
  return ([0, 1] as const).flatMap((from): Passage[] => {
    const isForth = isAt(here, from) !== false && isAt(there, mapped(from)) !== true;
    const isBack = isAt(here, from) !== true && isAt(there, mapped(from)) !== false;
    // If neither end knows which peer it is, what only one of them has says which one comes first: both ways are looked at.
    const forth = { sender: one, receiver: other, from, fromThere: mapped(from), ahead };
    const reverse = { sender: other, receiver: one, from: mapped(from), fromThere: from, ahead: back };
    return [...(isForth ? [forth] : []), ...(isBack ? [reverse] : [])];
  });
}

/** Whether the gateway is that peer; null if it does not know. */
function isAt({ self }: TunnelAccount, peer: PeerIndex): boolean | null {
  return self === null ? null : self === peer;
}

/** Both gateways are the peers themselves, so that nothing passes by them. */
export function isEndToEnd({ sender, receiver, from, fromThere }: Passage): boolean {
  return sender.newest.account.self === from && isAt(receiver.newest.account, fromThere) === false;
}

/**
 * The newest of the sender's two accounts in which `find` finds something that must have arrived by the time of the receiver's
 * account; null if none does, or the clocks cannot be compared.
 */
export function settled<T extends { readonly lastTime: Micros }>(
  { sender, receiver, ahead }: Passage,
  find: (account: TunnelAccount) => T | undefined,
): T | null {
  if (ahead === null) return null;
  for (const dated of [sender.newest, sender.earlier]) {
    const item = dated === null ? undefined : find(dated.account);
    if (item !== undefined && item.lastTime + ahead + PATIENCE <= receiver.newest.asOf) return item;
  }
  return null;
}

/** Whether the receiver's capture ran when what left at `time` came there. */
export function recordedAt({ receiver, ahead }: Passage, time: Micros): boolean {
  const { recordedSince, asOf } = receiver.newest;
  return ahead !== null && time + ahead >= recordedSince && time + ahead <= asOf;
}

/** Whether the receiver lists everything of that kind from `time` on, by the sender's clock. */
export function isListedFrom({ ahead }: Passage, from: Micros | null, time: Micros): boolean {
  return from === null || (ahead !== null && from <= time + ahead);
}

/** Whether the receiver has anything at all of the sending peer. */
export function hearsSender({ receiver, fromThere }: Passage): boolean {
  return lastHeard(receiver.newest, fromThere) > -Infinity;
}

/** When the receiver last had an IKE message or ESP of the sending peer, by the receiver's clock. */
export function lastHeard({ account }: DatedAccount, from: PeerIndex): Micros {
  const items = [...account.streams, ...messagesOf(account).map(({ message }) => message)];
  return items
    .filter((item) => item.from === from)
    .reduce((last, { lastTime }) => Math.max(last, lastTime), -Infinity);
}

/** Whether the receiver's capture would hold IKE on that port, or ESP so encapsulated. */
export function hearsKind({ receiver }: Passage, kind: "port500" | "port4500" | "esp" | "other"): boolean {
  const hears = receiver.gateway.status?.hears;
  if (hears === undefined) return false;
  return hears.everything || (kind !== "other" && hears[kind]);
}
