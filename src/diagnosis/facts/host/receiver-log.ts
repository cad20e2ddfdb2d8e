import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import { type HostLine, hostLine, type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import type { TunnelContext } from "../../context.js";
import { packetCoverage } from "./log-and-wire.js";
import { hostAt } from "./events.js";
import { framesOf } from "./joins.js";
import { messageLines } from "./message-lines.js";

/** How far a line may be from its frame, microseconds: the stamp of a second before, a daemon that hangs behind. */
const EARLY_US: Micros = 2e6;
const LATE_US: Micros = 8e6;
/** A daemon sends an answer, or repeats it, within this time of the request. */
const AT_ONCE_US: Micros = 2e6;
/** Lines of the sender that are looked at. */
const MOST_ALIKE = 64;
const MOST_LINES = 2;

/** The messages to a receiver that its log shows. */
export type ReceiverLog =
  | {
      readonly kind: "received";
      readonly host: string;
      readonly lines: readonly HostLine[];
      /** How many of them it sent something back to at once, other than a request. */
      readonly answers: number;
    }
  | { readonly kind: "nothing"; readonly host: string };

/** Attempts of one message, as they are sent to a host. */
export interface Attempts {
  readonly sender: Address;
  readonly receiver: Address;
  readonly times: readonly Micros[];
}

/**
 * Whether a message that one end sent came to the daemon of the other one, by its log. Null where no log says it: none covers all
 * attempts and tells of packets, or its clock is not known and it has others of that sender.
 */
export function receiverLog(context: TunnelContext, attempts: Attempts): ReceiverLog | null {
  const { sender, receiver, times } = attempts;
  const host = hostAt(context, receiver);
  if (host === undefined) return null;
  const lengths = new Set(
    framesOf(host, context.tunnel.id).flatMap(({ from, time, length }) =>
      from.address === sender && times.includes(time) ? [length] : [],
    ),
  );
  const lines = messageLines(host);
  const ofSender = lines.receivedFrom(sender);
  const own = ofSender
    .filter(({ event }) => lengths.has(event.message?.length ?? -1) && isNear(host, event, times))
    .slice(0, MOST_ALIKE);
  if (own.length > 0) {
    const sent = own.flatMap((one) => answerIn(lines.nextWith(sender, one), one.event) ?? []);
    const cited = [...own.map(({ event }) => event).slice(0, MOST_LINES), ...sent.slice(0, MOST_LINES)];
    return {
      kind: "received",
      host: host.records.name,
      lines: cited.toSorted((a, b) => a.source.line - b.source.line).map((event) => hostLine(host, event)),
      answers: sent.length,
    };
  }
  // Behind a NAT device the sender has another address there.
  const mayBeTranslated = [...lengths].some((length) =>
    times.some((time) => lines.hasUnexplained(length, time - EARLY_US, time + LATE_US)),
  );
  if (mayBeTranslated) return null;
  const covered = packetCoverage({ host });
  const { by } = host.clock;
  if (covered === null || (by !== "messages" && by !== "assumed")) return null;
  if (times.some((time) => time < covered.from || time > covered.to - LATE_US)) return null;
  // Without a known clock a line of another time may be about one of them.
  const hasAlike = ofSender.length > 0 || lines.hasLength(lengths);
  return by === "assumed" && hasAlike ? null : { kind: "nothing", host: host.records.name };
}

/** Whether a line is about one of the attempts. */
function isNear(host: JoinedHost, event: HostEvent, times: readonly Micros[]): boolean {
  const at = timeOnCapture(host, event);
  return at !== null && times.some((time) => at > time - EARLY_US && at < time + LATE_US);
}

/** The line about the next message of that peer behind a received one, where it is sent, is no request, and comes at once. */
function answerIn(next: HostEvent | null, { stamp }: HostEvent): HostEvent | null {
  if (next?.message?.out !== true || next.message.response === false) return null;
  if (stamp === null || next.stamp === null) return null;
  return next.stamp.time - stamp.time > AT_ONCE_US + next.stamp.step ? null : next;
}
