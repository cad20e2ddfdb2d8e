import { sideOf } from "./side.js";
import type { Address } from "../../bytes/address.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import type { Endpoint, Exchange, IkeSa, Role, Sighting, Transmission } from "../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../session/sightings.js";
import type { Setup, TunnelContext } from "../context.js";
import type { Rival } from "../finding.js";
import { carriesTrafficAfter, healedAfter, MENDED, type Mended } from "./healing.js";
import { seenAtBothEnds } from "../places/both-ends.js";
import { keptByDevice } from "../places/kept-by-device.js";
import { deletesReplacedIkeSa } from "./replaced-ike-sa.js";
import { initiatorPorts, mayBeOtherClients, usesOtherPorts } from "./ports.js";
import { sightingsOf } from "./sightings.js";
import { beginsAnewAt } from "./same-client.js";
import { silenceAfter, staysUnanswered } from "./silence.js";
import { IN_FLIGHT_US } from "./one-direction.js";
import { canonicalOf } from "./sides.js";
import { onceInTurn } from "../once.js";
import { type Message, say } from "../../texts/message.js";

/** A sniffer may drop an answer and its repeat; the third try it sees proves that the asker got none. */
const LEAST_TRIES = 3;
/** So many tries speak for themselves, even where the capture ends among them. */
const MANY_TRIES = 4;
/** A slow peer answers within this time. */
const SLOW_ANSWER_US: Micros = 5_000_000;
/** The next repeat of a back-off comes within this many of the last interval (strongSwan 1.8, Libreswan 2). */
const BACK_OFF = 2.5;

/** So many answers to the other side's packets are a dialogue that the sniffer heard both sides of. */
const TURNS = 3;

/** Who reauthenticates deletes the old IKE SA sooner than this. */
const SIDE_BY_SIDE = 120_000_000;

/** A request of a living IKE SA that was given up, or is still repeated at the end of the capture. */
export interface Unanswered {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly request: Transmission;
  /** How often it was sent; of IKEv1 liveness checks, each with a Message ID of its own, their number. */
  readonly attempts: number;
  readonly asker: Endpoint;
  readonly silent: Endpoint;
  readonly firstTry: Micros;
  readonly lastTry: Micros;
  /** When the next repeat was due and did not come, or the asker began anew; null where the capture ends before. */
  readonly gaveUpAt: Micros | null;
  /** From the first try to the end of the capture. */
  readonly waited: Micros;
}

/** Requests after the setup that stay unanswered though the sniffer sees the silent side's IKE messages. */
export function unansweredLater(
  context: TunnelContext,
  wanted: (exchange: Exchange, request: Transmission, setup: Setup) => boolean = () => true,
): Unanswered[] {
  return allUnanswered(context).filter(({ exchange, request, setup }) => wanted(exchange, request, setup));
}

const allUnanswered = onceInTurn((context: TunnelContext): readonly Unanswered[] => {
  const all: Unanswered[] = [];
  for (const setup of context.setups) {
    for (const exchange of setup.progress.later) {
      const { request } = exchange;
      if (request === null || request.tries < LEAST_TRIES || deletesReplacedIkeSa(setup, exchange)) continue;
      const found = staysUnanswered(exchange, context) ? judge(context, setup, exchange, request) : null;
      if (found !== null) all.push(found);
    }
  }
  return all;
});

function judge(
  context: TunnelContext,
  setup: Setup,
  exchange: Exchange,
  request: Transmission,
): Unanswered | null {
  const { sa } = setup;
  const [firstTry, lastTry] = [firstTimeOf(request), lastTimeOf(request)];
  const last = lastSighting(request);
  if (last === undefined) return null;
  const silence = silenceAfter(context, last);
  const due = nextDue(request);
  const [asker, silent] = endsOf(sa, exchange.startedBy);
  const gaveUpAt = silence >= due - lastTry ? due : beginsAnewAt(context, setup, lastTry, asker.address);
  if (wentOn(sa, exchange, firstTry) || isSuperseded(context, setup, firstTry)) return null;
  if (!isSeen(context, silent.address) && !sendsEspThatWay(context, silent.address, last)) return null;
  const waited = lastTry - firstTry + silence;
  return {
    setup,
    exchange,
    request,
    attempts: request.tries,
    asker,
    silent,
    firstTry,
    lastTry,
    gaveUpAt,
    waited,
  };
}

/**
 * The rival "a slow peer": open while the asker has tried three times only, or for less time than a slow peer takes, and still
 * asks. Null where the capture excludes it.
 */
export function slowPeer({ attempts, gaveUpAt, waited, silent }: Unanswered): Rival | null {
  if (attempts >= MANY_TRIES || (gaveUpAt !== null && waited >= SLOW_ANSWER_US)) return null;
  return {
    code: "responder-slow",
    separatedBy: say`a capture that goes on: whether ${silent.address} answers one of the next attempts (${attempts} attempts in ${humanDuration(waited)} so far)`,
  };
}

/** When the next try of a back-off would have come at the latest. */
function nextDue({ sightings }: Transmission): Micros {
  const [before, last] = sightings.slice(-2);
  if (before === undefined || last === undefined) return Infinity;
  return last.time + (last.time - before.time) * BACK_OFF;
}

/** The side that asks, and the side that has to answer. */
export function endsOf({ initiator, responder }: IkeSa, startedBy: Role): readonly [Endpoint, Endpoint] {
  return startedBy === "initiator" ? [initiator, responder] : [responder, initiator];
}

/** The asker's next request proves an answer (one request at a time, RFC 7296 2.3); so does any message of the other. */
function wentOn({ exchanges }: IkeSa, asked: Exchange, firstTry: Micros): boolean {
  return exchanges.some((exchange) => {
    if (exchange === asked) return false;
    const own = exchange.startedBy === asked.startedBy;
    const byOther = own ? exchange.response : exchange.request;
    // That a request from before is sent again shows that its sender lives, not that it hears the asker.
    if (own ? lastTimeOf(byOther) >= firstTry : firstTimeOf(byOther) >= firstTry) return true;
    return own && exchange.messageId > asked.messageId;
  });
}

/** A newer IKE SA of the peers was up already: the old one may be forgotten. */
function isSuperseded({ setups }: TunnelContext, { sa }: Setup, time: Micros): boolean {
  return setups.some(
    ({ sa: other, progress: { upAt } }) =>
      other.id !== sa.id &&
      upAt !== null &&
      upAt > sa.firstTime &&
      upAt <= time &&
      !areSideBySide(sa, other, upAt),
  );
}

/**
 * Two clients behind one address: their IKE SAs use other ports, and the older one is answered long after the newer one came
 * up, which nobody does whose client has a new one.
 */
function areSideBySide(older: IkeSa, newer: IkeSa, newerUpAt: Micros): boolean {
  if (!usesOtherPorts(older, newer)) return false;
  return older.exchanges.some(
    ({ request, response }) => request !== null && lastTimeOf(response) > newerUpAt + SIDE_BY_SIDE,
  );
}

/**
 * ESP of that end comes, or came before in traffic that took turns, on the ports that its answer would come on: then the sniffer
 * would see the answer, too. So a capture that begins after the setup shows its last IKE exchange.
 */
function sendsEspThatWay({ tunnel }: TunnelContext, address: Address, asked: Sighting): boolean {
  return tunnel.streams.some(
    ({ encapsulation, source, sourcePort, destinationPort, lastTime, answers }) =>
      encapsulation === "udp" &&
      canonicalOf(tunnel, source) === address &&
      sourcePort === asked.destination.port &&
      destinationPort === asked.source.port &&
      (lastTime >= asked.time || answers.some(({ turns }) => turns >= TURNS)),
  );
}

/** Whether the sniffer sees IKE messages of that end at all. */
export function isSeen({ setups, tunnel }: TunnelContext, address: Address): boolean {
  return setups.some(({ sa }) =>
    sightingsOf(sa).some(({ source }) => canonicalOf(tunnel, source.address) === address),
  );
}

/** ESP of that end comes in after `time`. */
export function sendsEspAfter({ tunnel }: TunnelContext, address: Address, time: Micros): boolean {
  return tunnel.streams.some(
    ({ source, lastTime }) => lastTime > time && canonicalOf(tunnel, source) === address,
  );
}

/**
 * When the last ESP of the silent side came in, by its own SAs, which had traffic before the last attempt: a new SA is a new tunnel,
 * another port another client. -Infinity where none did.
 */
export function lastEspOfSilent(
  { tunnel, setups }: TunnelContext,
  { setup, silent, lastTry }: Unanswered,
): Micros {
  const ofOthers = new Set(
    setups.flatMap(({ sa }) => (mayBeOtherClients(setup.sa, sa) ? [...initiatorPorts(sa)] : [])),
  );
  const own = tunnel.streams.filter(
    ({ source, sourcePort, firstTime }) =>
      firstTime <= lastTry && canonicalOf(tunnel, source) === silent.address && !ofOthers.has(sourcePort),
  );
  return Math.max(...own.map(({ lastTime }) => lastTime));
}

/** ESP of the silent side still comes in when at least two attempts, a second or more apart, have had no answer. */
export function goesOn(context: TunnelContext, found: Unanswered): boolean {
  const { request, firstTry, lastTry } = found;
  const second = request.sightings.find(({ time }) => time >= firstTry + IN_FLIGHT_US)?.time ?? lastTry;
  return lastEspOfSilent(context, found) > second;
}

/**
 * The request comes from another address than the asker had, and the other side never sent anything there: MOBIKE (RFC 4555),
 * or a translator that changed. Where it had followed, the move is not what fails.
 */
export function isMoved({ tunnel }: TunnelContext, { request, asker, setup, firstTry }: Unanswered): boolean {
  const there = request.sightings.find(({ source: { address } }) =>
    tunnel.aliases.some(
      (alias) => alias.kind === "moved" && alias.address === address && alias.standsFor === asker.address,
    ),
  )?.source.address;
  if (there === undefined) return false;
  const sent = sightingsOf(setup.sa).filter(({ time }) => time < firstTry);
  const left = Math.max(
    ...sent.flatMap(({ source, time }) =>
      source.address !== there && canonicalOf(tunnel, source.address) === asker.address ? [time] : [],
    ),
  );
  const byIke = sent.some(({ destination, time }) => destination.address === there && time > left);
  return (
    !byIke && !tunnel.streams.some((stream) => stream.destination === there && stream.firstTime < firstTry)
  );
}

/** How far the Message ID is behind the one that would follow the asker's last answered request; null where unknown. */
export function skippedIds({ setup, exchange }: Unanswered): number | null {
  const answered = setup.sa.exchanges.filter(
    ({ startedBy, response, messageId }) =>
      startedBy === exchange.startedBy && response !== null && messageId < exchange.messageId,
  );
  if (answered.length === 0) return null;
  return exchange.messageId - 1 - Math.max(...answered.map(({ messageId }) => messageId));
}

/** No critical fault where the tunnel came up again, or still carries traffic when the asker has given up. */
export function severityOf(
  context: TunnelContext,
  { lastTry, gaveUpAt, setup }: Unanswered,
): Mended | Record<string, never> {
  const isMended = healedAfter(context, lastTry, setup) || carriesTrafficAfter(context, gaveUpAt ?? lastTry);
  return isMended ? MENDED : {};
}

/** Which side the capture points to, where its place is known. */
export function sideOfSilence(
  context: TunnelContext,
  { asker, silent, setup, exchange }: Unanswered,
): Message {
  const kept = keptByDevice(context, exchange.request);
  if (kept !== null) return kept;
  switch (sideOf(context, asker.address)) {
    case "near":
      return say`Captured near ${asker.address}: the requests leave; they or the answers are lost on the way, or ${silent.address} is down.`;
    case "far":
      return say`Captured near ${silent.address}: the requests arrive there and no answer leaves, so look at that host and its daemon.`;
    case "both-ends":
      return seenAtBothEnds(context, setup.sa, exchange, silent.address);
    case "between":
    case "unknown":
      return say`Whether the path or ${silent.address} itself is at fault cannot be told from this capture point.`;
  }
}

/** A sniffer that drops packets may miss an exchange or two; a node that took over jumps farther. */
const LEAST_SKIPPED = 4;

/** The Message ID of an unanswered request is not the one that its receiver waits for (RFC 7296 2.2, 2.3). */
export function isDesync(found: Unanswered): boolean {
  const { majorVersion, unkept, unkeptChecks } = found.setup.sa;
  // Of checks that are not kept the newest ones are: other exchanges may have had the IDs that seem to be skipped.
  if (majorVersion !== 2 || unkept > unkeptChecks) return false;
  return (skippedIds(found) ?? 0) >= LEAST_SKIPPED;
}
