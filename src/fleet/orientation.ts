import type { PeerIndex, TunnelAccount } from "../live/account/account.js";
import { messagesOf } from "./messages.js";

/** Whether two accounts list the peers of a tunnel in the same order. */
export type Orientation = "same" | "reversed";

/**
 * By who sends what both have: IKE messages, ESP streams, and SPI pairs. Null if they have nothing in common, or contradict each
 * other, as accounts of two tunnels with one SPI do.
 */
export function orientationOf(one: TunnelAccount, other: TunnelAccount): Orientation | null {
  const known = orientations.get(one);
  if (known?.other === other) return known.orientation;
  const orientation = orientationIn(one, other);
  orientations.set(one, { other, orientation });
  return orientation;
}

/** By the account, with the other one that it was compared with last: mostly there is but one. */
const orientations = new WeakMap<
  TunnelAccount,
  { readonly other: TunnelAccount; readonly orientation: Orientation | null }
>();

function orientationIn(one: TunnelAccount, other: TunnelAccount): Orientation | null {
  const there = sendersIn(other);
  let same = 0;
  let reversed = 0;
  for (const [name, from] of sendersIn(one)) {
    const sender = there.get(name);
    if (sender === undefined) continue;
    if (sender === from) same++;
    else reversed++;
  }
  if (same > 0 === reversed > 0) return null;
  return same > 0 ? "same" : "reversed";
}

/** The sender of whatever has the same name at both ends. */
function sendersIn(account: TunnelAccount): Map<string, PeerIndex> {
  const senders = new Map<string, PeerIndex>();
  for (const { fromFirst, fromSecond } of account.spiPairs) {
    if (fromFirst === null || fromSecond === null) continue;
    const name = [fromFirst, fromSecond].toSorted((a, b) => a - b).join(":");
    senders.set(`pair ${name}`, fromFirst <= fromSecond ? 0 : 1);
  }
  for (const { spi, encapsulation, from } of account.streams) senders.set(`${encapsulation} ${spi}`, from);
  for (const { name, message } of messagesOf(account)) senders.set(name, message.from);
  return senders;
}
