import type { Exchange, IkeSa, Sighting, Transmission } from "../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../session/sightings.js";
import type { TunnelContext } from "../context.js";
import { endOf, exchangesOf, isFrom, isUnfiltered, type Passage, recordsAt } from "./passage.js";

/** A single fragment is lost every day; who gets no answer sends all of them again. */
const FEWEST_TRIES = 2;
/** A packet that was sent this shortly before the second place ended may have been under way, in microseconds. */
const UNDER_WAY_US = 300_000;

/** A message in fragments of which some, the same in every try, do not pass from one place to the next. */
export interface LostParts {
  readonly passage: Passage;
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  readonly side: "request" | "response";
  /** As it left the first place. */
  readonly message: Transmission;
  readonly missing: MissingParts;
  /** Sightings at the second place of what did arrive of it. */
  readonly arrived: readonly Sighting[];
  /** Whether it was sent more than once. */
  readonly isRepeated: boolean;
}

type MissingParts =
  /** IKE fragments by number (RFC 7383; IKEv1 fragments have numbers too). */
  | { readonly kind: "ike"; readonly numbers: readonly number[]; readonly total: number }
  /** IP fragments: how many a try is sent in, and how many of the most complete one arrive. */
  | { readonly kind: "ip"; readonly sent: number; readonly arrived: number; readonly lacks: IpLack };

/** The part of a datagram that no try brings. */
type IpLack = "first" | "last" | "middle";

/** The fragmented messages of the sender of which a part is lost on the passage, by every try. */
export function lostParts(context: TunnelContext, passage: Passage): LostParts[] {
  const there = exchangesOf(passage.to);
  return passage.from.ikeSas.flatMap((sa) =>
    exchangesOf({ ikeSas: [sa] }).flatMap(([key, exchange]) =>
      lostOf(context, passage, {
        sa,
        exchange,
        there: there.flatMap(([other, one]) => (other === key ? [one] : [])),
      }),
    ),
  );
}

interface Compared {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  /** The same exchange as the second place has it. */
  readonly there: readonly Exchange[];
}

function lostOf(context: TunnelContext, passage: Passage, { sa, exchange, there }: Compared): LostParts[] {
  const { request, response } = exchange;
  // A request that is answered arrived whole, and so did an answer that is not asked for again.
  const isAnswered = response !== null || there.some((other) => other.response !== null);
  const side = request !== null && isFromSender(context, passage, request) ? "request" : "response";
  const message = side === "request" ? request : response;
  if (message === null || (side === "request" && isAnswered)) return [];
  if (side === "response" && (request === null || request.tries < FEWEST_TRIES)) return [];
  if (!isFromSender(context, passage, message) || !wouldBeRecorded(passage, message)) return [];
  const copies = there.flatMap((other) => other[side] ?? []);
  const missing = missingIke(message, copies) ?? missingIp(passage, message, copies);
  if (missing === null) return [];
  return [
    {
      passage,
      sa,
      exchange,
      side,
      message,
      missing,
      arrived: copies.flatMap(({ sightings }) => sightings),
      isRepeated: message.tries >= FEWEST_TRIES,
    },
  ];
}

function isFromSender(context: TunnelContext, passage: Passage, { sightings }: Transmission): boolean {
  const [first] = sightings;
  return first !== undefined && first.transport !== "tcp" && isFrom(context, passage, first.source.address);
}

/** Whether the second place was recording when the message came there, and goes on for as long as packets are under way. */
function wouldBeRecorded(passage: Passage, message: Transmission): boolean {
  const [first] = message.sightings;
  return (
    first !== undefined &&
    isUnfiltered(passage, first) &&
    recordsAt(passage, firstTimeOf(message)) &&
    lastTimeOf(message) + (passage.device === null ? UNDER_WAY_US : 0) <= endOf(passage)
  );
}

/** IKE fragments that the first place has and the second one never does; null where it has each of them, or there are none. */
function missingIke(message: Transmission, copies: readonly Transmission[]): MissingParts | null {
  if (message.fragments === null) return null;
  // A copy that is no fragment is the message itself, tried whole before or put together.
  if (copies.some(({ fragments }) => fragments === null)) return null;
  const { total, seen } = message.fragments;
  const numbers = [...seen.keys()]
    .filter((number) => !copies.some(({ fragments }) => fragments?.seen.has(number) === true))
    .toSorted((a, b) => a - b);
  return numbers.length === 0 ? null : { kind: "ike", numbers, total };
}

/** IP fragments: at the first place whole datagrams, at the second one never. */
function missingIp(
  { to }: Passage,
  { sightings }: Transmission,
  copies: readonly Transmission[],
): MissingParts | null {
  const whole = sightings.filter(
    ({ ipFragments, missingFragments }) => ipFragments > 1 && missingFragments === null,
  );
  const [first] = whole;
  if (first === undefined || whole.length < sightings.length) return null;
  const there = copies.flatMap((copy) => copy.sightings);
  if (there.some(({ missingFragments }) => missingFragments === null)) return null;
  const best = there.toSorted((a, b) => b.ipFragments - a.ipFragments)[0];
  const lacks = lackOf(best);
  // Later fragments carry no ports: a filter on ports leaves the first ones alone.
  if (to.observations.otherPackets === 0 && lacks !== "first") return null;
  return { kind: "ip", sent: first.ipFragments, arrived: best?.ipFragments ?? 0, lacks };
}

/** Without the first fragment, which has the ports, nothing shows that the later ones are of this message. */
function lackOf(sighting: Sighting | undefined): IpLack {
  if (sighting?.missingFragments == null) return "first";
  return sighting.missingFragments.totalLength === null ? "last" : "middle";
}
