import { withAllClients } from "../nat/all-clients.js";
import { usesOtherPorts } from "../../../session/clients/ports.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { Endpoint, Exchange, IkeSa, Sighting, Transmission } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { deletesReplacedIkeSa } from "../life/replaced-ike-sa.js";
import { nextDue } from "./back-off.js";
import { isOutage, isStillRepeated } from "./long-asked.js";
import { isSeen } from "./peer-heard.js";
import { beginsAnewAt, mayShareAddress } from "../authentication/same-client.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { silenceAfter, staysUnanswered } from "./silence.js";
import { canonicalOf } from "../sides.js";
import { isRepeatedUnheard } from "./unheard-side.js";
import { onceInTurn } from "../../once.js";

/** A sniffer may drop an answer and its repeat; the third try it sees proves that the asker got none. */
const LEAST_TRIES = 3;
/** So many answers to the other side's packets are a dialogue that the sniffer heard both sides of. */
const TURNS = 3;

/** A reauthentication deletes the old IKE SA sooner than this. */
const SIDE_BY_SIDE = 120_000_000;
/** A client that comes back from other ports sends no more from the old ones; what was sent meanwhile ends sooner than this. */
const ESP_SIDE_BY_SIDE = 10_000_000;

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
  /** Whether the sniffer would see answers of the silent side; if not, it may see one direction only, or one of IKE. */
  readonly isHeard: boolean;
}

type Wanted = (exchange: Exchange, request: Transmission, setup: Setup) => boolean;

/** Requests after the setup that stay unanswered though the sniffer sees the silent side's IKE messages. */
export function unansweredLater(context: TunnelContext, wanted: Wanted = () => true): Unanswered[] {
  return repeatedLater(context, wanted).filter(({ isHeard }) => isHeard);
}

/** The same, and those to a side whose IKE is not in the capture, which are repeated so often that no answer can have come. */
export function repeatedLater(context: TunnelContext, wanted: Wanted): Unanswered[] {
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
  const firstTry = firstTimeOf(request);
  const last = lastSighting(request);
  if (last === undefined) return null;
  const [, silent] = endsOf(sa, exchange.startedBy);
  if (wentOn(context, sa, exchange, request) || isSuperseded(context, setup, firstTry)) return null;
  const isHeard =
    isSeen(context, silent.address) || sendsEspThatWay(withAllClients(context), silent.address, last);
  if (!isHeard && !isRepeatedUnheard(context, setup, exchange)) return null;
  return unansweredOf(context, setup, exchange, { request, last, isHeard });
}

/** An unanswered request with its times; `last` is its last sighting. */
export function unansweredOf(
  context: TunnelContext,
  setup: Setup,
  exchange: Exchange,
  {
    request,
    last,
    isHeard,
  }: { readonly request: Transmission; readonly last: Sighting; readonly isHeard: boolean },
): Unanswered {
  const [firstTry, lastTry] = [firstTimeOf(request), lastTimeOf(request)];
  const silence = silenceAfter(context, last);
  const due = nextDue(request);
  const [asker, silent] = endsOf(setup.sa, exchange.startedBy);
  const gaveUpAt = silence >= due - lastTry ? due : beginsAnewAt(context, setup, lastTry, asker.address);
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
    waited: lastTry - firstTry + silence,
    isHeard,
  };
}

/**
 * The asker's next request proves an answer (one request at a time, RFC 7296 2.3). A request of the other side shows that it lives, not that
 * it hears the asker, who goes on repeating its own.
 */
function wentOn(context: TunnelContext, sa: IkeSa, asked: Exchange, request: Transmission): boolean {
  const [firstTry, lastTry] = [firstTimeOf(request), lastTimeOf(request)];
  const mayGoOn = sa.majorVersion === 2 && (isOutage(request) || isStillRepeated(context, request));
  return sa.exchanges.some((exchange) => {
    if (exchange === asked) return false;
    if (exchange.startedBy !== asked.startedBy) {
      const time = firstTimeOf(exchange.request);
      const isLater = time >= firstTry && !(sa.majorVersion === 2 && (mayGoOn || time < lastTry));
      return isLater && !goesElsewhere(exchange, asked);
    }
    // That a request from before is sent again shows that its sender lives, not that it hears the asker.
    return lastTimeOf(exchange.response) >= firstTry || exchange.messageId > asked.messageId;
  });
}

/** The other side asks at an address that the asker has left (RFC 4555), without an answer: it has not heard the asker at the new one. */
function goesElsewhere({ request, response }: Exchange, asked: Exchange): boolean {
  const from = new Set(asked.request?.sightings.map(({ source }) => source.address));
  return (
    response === null &&
    request?.sightings.every(({ destination }) => !from.has(destination.address)) === true
  );
}

/**
 * A newer IKE SA of the peers was up already: the old one may be forgotten. Not where both are of clients behind one address: they use
 * other ports, and the older one is answered, or sends ESP, long after the newer one came up, which nobody does whose client has a new one.
 */
function isSuperseded(context: TunnelContext, setup: Setup, time: Micros): boolean {
  const { sa } = setup;
  const newer = context.setups.filter(
    ({ sa: other, progress: { upAt } }) =>
      other.id !== sa.id && upAt !== null && upAt > sa.firstTime && upAt <= time,
  );
  if (newer.length === 0) return false;
  const answeredAt = Math.max(
    ...sa.exchanges.map(({ request, response }) => (request === null ? -Infinity : lastTimeOf(response))),
  );
  const lives = Math.max(answeredAt - SIDE_BY_SIDE, lastOwnEsp(context, setup) - ESP_SIDE_BY_SIDE);
  return newer.some(
    ({ sa: other, progress: { upAt } }) => lives <= (upAt ?? Infinity) || !usesOtherPorts(sa, other),
  );
}

/** When the last ESP of a client came from its own port, where several share its address; -Infinity where nothing tells. */
function lastOwnEsp(context: TunnelContext, setup: Setup): Micros {
  if (!mayShareAddress(context)) return -Infinity;
  const isOwn = ownStreamsOf(context, setup);
  const own = context.tunnel.streams.filter(
    (stream) => stream.source === setup.sa.initiator.address && isOwn(stream),
  );
  return Math.max(-Infinity, ...own.map(({ lastTime }) => lastTime));
}

/**
 * ESP of that end comes, or came before in traffic that took turns, the way that its answer would come: then the sniffer would see the
 * answer, too. So a capture that begins after the setup shows its last IKE exchange. What other clients behind one NAT device send shows
 * as much.
 */
function sendsEspThatWay({ tunnel }: TunnelContext, address: Address, asked: Sighting): boolean {
  return tunnel.streams.some(
    ({ encapsulation, source, sourcePort, destinationPort, lastTime, answers }) =>
      encapsulation === "udp" &&
      canonicalOf(tunnel, source) === address &&
      (sourcePort === asked.destination.port || destinationPort === asked.source.port) &&
      (lastTime >= asked.time || answers.some(({ turns }) => turns >= TURNS)),
  );
}
