import type { Micros } from "../../bytes/time.js";
import type { Exchange, IkeSa, Sighting, Transmission } from "../../session/model.js";
import { firstTimeOf, lastTimeOf, sightingsOf } from "../../session/sightings.js";
import type { TunnelContext } from "../context.js";
import {
  endOf,
  exchangesOf,
  hears,
  isFrom,
  isOnNatT,
  isUnfiltered,
  type Passage,
  recordsAt,
} from "./passage.js";

/** A single packet is lost every day; who gets no answer sends again. */
const FEWEST_TRIES = 2;
/** By then the first try of a message is on its way and the second one may be due (Libreswan 0.5 s). */
const LONG_MISSED_US: Micros = 1_000_000;
/** A try that was sent before the answer came may arrive so much later. */
const CROSSING_US: Micros = 300_000;
/** Liveness checks of IKEv1 are messages of their own (RFC 3706): so many one after the other may be no chance, so many are none. */
const CHECKS = { least: 2, sure: 3 } as const;

/** An IKE message of which no try passed from one place to the next. */
export interface LostMessage {
  readonly passage: Passage;
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  readonly side: "request" | "response";
  readonly message: Transmission;
  /** Whether so many are no chance. */
  readonly isSure: boolean;
  /** Whether the asker has sent its request again, for nothing came back. */
  readonly isAskedAgain: boolean;
}

/** The messages of the sender that are lost on the passage with all their tries. */
export function lostMessages(context: TunnelContext, passage: Passage): LostMessage[] {
  const arrived = new Map<string, Exchange[]>();
  for (const [key, exchange] of exchangesOf(passage.to)) {
    const known = arrived.get(key);
    if (known === undefined) arrived.set(key, [exchange]);
    else known.push(exchange);
  }
  return passage.from.ikeSas.flatMap((sa) => {
    const lost = exchangesOf({ ikeSas: [sa] }).flatMap(([key, exchange]) =>
      lostOf(context, passage, sa, exchange, arrived.get(key) ?? []),
    );
    const repeated = lost.filter(
      ({ message, isAskedAgain }) => isAskedAgain || message.tries >= FEWEST_TRIES,
    );
    const single = lost.filter((one) => !repeated.includes(one) && one.exchange.expectsResponse);
    return [
      ...repeated,
      ...inARow(context, passage, lost),
      ...single.filter(({ message }) => isLongMissed(context, passage, message)).map(unsure),
    ];
  });
}

function lostOf(
  context: TunnelContext,
  passage: Passage,
  sa: IkeSa,
  exchange: Exchange,
  there: readonly Exchange[],
): LostMessage[] {
  const side = lostSide(exchange, there);
  const message = side === null ? null : exchange[side];
  return side === null || message === null || !isRecordable(context, passage, message)
    ? []
    : [
        {
          passage,
          sa,
          exchange,
          side,
          message,
          isSure: true,
          isAskedAgain: isAskedAgain(passage, exchange, there),
        },
      ];
}

/** Whether the request of an answer came again behind it, as the asker's own file or this one has it. */
function isAskedAgain(
  { offset }: Passage,
  { request, response }: Exchange,
  there: readonly Exchange[],
): boolean {
  if (response === null) return false;
  const answeredAt = firstTimeOf(response) + CROSSING_US;
  const isLater = (asked: Transmission | null, ahead: Micros): boolean =>
    asked?.sightings.some(({ time }) => time - ahead > answeredAt) === true;
  return isLater(request, 0) || there.some((other) => isLater(other.request, offset));
}

/**
 * A single message that did not come while the second place went on, which has other packets of the sender as this one travels: the next
 * try may come through, so it is no more than a suspicion.
 */
function isLongMissed(context: TunnelContext, passage: Passage, message: Transmission): boolean {
  const end = Math.min(endOf(passage), passage.from.file.lastTime ?? -Infinity);
  return (
    lastTimeOf(message) + LONG_MISSED_US <= end && hears(context, passage, message.sightings.every(isOnNatT))
  );
}

function unsure(lost: LostMessage): LostMessage {
  return { ...lost, isSure: false };
}

/** A request that is not there at all, and never answered; or an answer, where the request is there. */
function lostSide({ request, response }: Exchange, there: readonly Exchange[]): LostMessage["side"] | null {
  if (there.some((other) => other.response !== null)) return null;
  const isAskedThere = there.some((other) => other.request !== null);
  if (response !== null) return isAskedThere && request !== null ? "response" : null;
  return isAskedThere ? null : "request";
}

/** Single messages, none of which comes through, nor anything of the sender behind the first of them. */
function inARow(context: TunnelContext, passage: Passage, lost: readonly LostMessage[]): LostMessage[] {
  const lastArrived = lastArrivalOf(context, passage);
  const checks = lost.filter(
    ({ message }) => message.tries < FEWEST_TRIES && firstTimeOf(message) > lastArrived,
  );
  const [first] = checks;
  if (first === undefined || checks.length < CHECKS.least) return [];
  const sightings = checks.flatMap(({ message }) => message.sightings);
  if (!hears(context, passage, sightings.every(isOnNatT))) return [];
  const message = { ...first.message, tries: checks.length, sightings };
  return [{ ...first, message, isSure: checks.length >= CHECKS.sure }];
}

/** When the second place had anything of the sender last, by the clock of the first one. */
function lastArrivalOf(context: TunnelContext, passage: Passage): Micros {
  const { to, offset } = passage;
  const times = [
    ...to.ikeSas
      .flatMap(sightingsOf)
      .filter(({ source }) => isFrom(context, passage, source.address))
      .map(({ time }) => time),
    ...to.streams.filter(({ source }) => isFrom(context, passage, source)).map(({ lastTime }) => lastTime),
  ];
  return times.reduce((last, time) => Math.max(last, time - offset), -Infinity);
}

/** Whether the second place would have this message if it came there. */
export function isRecordable(context: TunnelContext, passage: Passage, message: Transmission): boolean {
  const [first] = message.sightings;
  if (first === undefined || !isFrom(context, passage, first.source.address)) return false;
  // Some pieces of a message may have come; other rules tell of pieces.
  if (first.transport === "tcp" || message.sightings.some(isPiece)) return false;
  return (
    isUnfiltered(passage, first) &&
    recordsAt(passage, firstTimeOf(message)) &&
    recordsAt(passage, lastTimeOf(message))
  );
}

function isPiece({ ipFragments, fragment }: Sighting): boolean {
  return ipFragments > 1 || fragment > 0;
}
