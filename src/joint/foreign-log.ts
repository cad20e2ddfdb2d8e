import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import { type Message, say } from "../texts/message.js";
import type { HostRecords, LoggedEvent } from "./host.js";
import { captureTime, type HostClock } from "./host-clock.js";
import type { WireMessage } from "./wire.js";

/** Share of the messages of one time and these peers that has to be in both log and capture. */
const LEAST_SHARE = 0.5;
/** At the edges of what a log covers, a line and its frame may lie on both sides. */
const EDGE_US: Micros = 1e6;

/** That a host whose addresses are not in the capture is not tied to any there. */
export function elsewhereText({ addresses }: HostRecords, joins: number): Message {
  const named = [...addresses].slice(0, 3).join(", ");
  return joins === 0
    ? say`none of its addresses (${named}) is in the capture`
    : say`none of its addresses (${named}) is in the capture, and ${joins} of its messages are too few, or of several peers there: behind which address it is cannot be told`;
}

/** Why a log is not of this capture, a sentence; null where it is, or nothing tells. */
export function foreignText(
  { addresses }: HostRecords,
  events: readonly LoggedEvent[],
  clock: HostClock,
  frames: readonly WireMessage[],
  all: readonly WireMessage[],
): Message | null {
  const messages = events.filter(({ event }) => event.message !== null).length;
  if (all.length === 0 || messages === 0) return null;
  if (frames.length === 0 && clock.joins.length === 0) {
    const named = [...addresses].slice(0, 3).join(", ");
    return say`none of its addresses (${named}) is in the capture, and none of its ${messages} messages`;
  }
  if (clock.by === "order" || clock.doubt !== null) return null;
  if (clock.by === "none") {
    // A log from which the lines about sent messages were filtered ties no clock, wherever it is from.
    const isOneWay = !events.some(({ event }) => event.message?.out === true);
    return messages < 3 || (isOneWay && frames.length > 0)
      ? null
      : say`at most one of its ${messages} messages is in the capture, whatever the difference between the clocks: it covers another time, or is of another host`;
  }
  return missingText(events, clock, addresses, frames.length > 0 ? frames : all);
}

/** That too little is in both: of what the host sent in the capture, and of what it received from these peers in the log. */
function missingText(
  events: readonly LoggedEvent[],
  clock: HostClock,
  own: ReadonlySet<Address>,
  frames: readonly WireMessage[],
): Message | null {
  const times = events.flatMap(({ event }) => {
    const time = event.stamp === null ? null : captureTime(clock, event.stamp.time);
    return time === null ? [] : [time];
  });
  const [first, last] = [
    times.reduce((a, b) => Math.min(a, b), Infinity),
    times.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const joined = new Set(clock.joins.map(({ frame }) => frame));
  const [begun, ended] = [
    frames.findIndex((frame) => joined.has(frame)),
    frames.findLastIndex((frame) => joined.has(frame)),
  ];
  // A few lines out of a log, all of one second, need not have what is before and behind them.
  const covered = frames.filter(
    ({ time }, index) =>
      (index >= begun && index <= ended) || (time > first + EDGE_US && time < last - EDGE_US),
  );
  const hasSent = events.some(({ event }) => event.message?.out === true);
  const sent = hasSent ? covered.filter(({ from }) => own.has(from.address)) : [];
  const wanted = sent.length > 0 ? sent : covered;
  const found = wanted.filter((frame) => joined.has(frame)).length;
  if (found < wanted.length * LEAST_SHARE) {
    return say`of ${wanted.length} messages of the capture in the time of the log ${found} are in it`;
  }
  const peers = new Set(frames.flatMap(({ from, to }) => [from.address, to.address]));
  const lonely = clock.lonely.filter(({ event: { message } }) =>
    [message?.from, message?.to].every((end) => peers.has(end?.address ?? "") || own.has(end?.address ?? "")),
  );
  const tried = clock.joins.length + lonely.length;
  // Messages that the host sent and that never came to the wire are a fault, not a sign of another log.
  const mine = lonely.filter(({ event }) => event.message?.out === false).length;
  return clock.joins.length / Math.max(1, clock.joins.length + mine) < LEAST_SHARE ||
    (tried >= 4 && clock.joins.length === 1)
    ? say`of ${tried} messages in the time of the capture ${clock.joins.length} are in it`
    : null;
}
