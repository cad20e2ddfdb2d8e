import { ZERO_SPI } from "../../../ike/message.js";
import type { Endpoint, Exchange, Transmission } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstTimeOf, lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { type Message, say } from "../../../texts/message.js";
import { beginsAnewAt } from "../authentication/same-client.js";
import { FIRST_NUMBERS } from "../life/healing.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { canonicalOf } from "../sides.js";
import { nextDue } from "./back-off.js";
import { isSeen, sendsEspAfter } from "./peer-heard.js";
import { silenceAfter } from "./silence.js";

/** Two packets of a side that is heard may be lost on the way; a third attempt after so long shows that no answer came. */
const ATTEMPTS = { least: 3, within: 5_000_000, many: 4, withinMany: 3_000_000 } as const;

/**
 * Whether a request is still repeated when the capture ends, or is given up for a new IKE SA, though the capture holds no packet of the side
 * that is asked. It may show one direction only; but who has an answer neither repeats the request nor stops there.
 */
export function isRepeatedUnheard(context: TunnelContext, setup: Setup, exchange: Exchange): boolean {
  const { request, response, expectsResponse, startedBy } = exchange;
  const last = lastSighting(request);
  if (request === null || last === undefined || response !== null || !expectsResponse) return false;
  if (last.transport === "tcp" || !hasBeenAnswered(request)) return false;
  const [asker, silent] = endsOf(setup.sa, startedBy);
  if (isHeard(context, silent) || wentOn(context, setup, exchange, asker)) return false;
  const silence = silenceAfter(context, last);
  const waited = last.time - firstTimeOf(request) + silence;
  const isLong =
    (request.tries >= ATTEMPTS.least && waited >= ATTEMPTS.within) ||
    (request.tries >= ATTEMPTS.many && waited >= ATTEMPTS.withinMany);
  return (
    isLong &&
    (last.time + silence < nextDue(request) ||
      beginsAnewAt(context, setup, last.time, asker.address) !== null)
  );
}

/** The rival "only one direction was captured" of a request to a side of which the capture holds nothing; null where it holds something. */
export function onlyOneDirection(context: TunnelContext, request: Transmission): Rival | null {
  const silent = request.sightings[0]?.destination;
  if (silent === undefined || !hasBeenAnswered(request) || isHeard(context, silent)) return null;
  return {
    code: "capture-one-direction",
    separatedBy: say`a capture of both directions: it holds no packet of ${silent.address}, so an answer to the last attempt would not be in it`,
  };
}

/** The reason why repeats show a fault though nothing of the side that is asked was captured. */
export function unheardText(asker: Endpoint, silent: Endpoint): Message {
  return say`No packet of ${silent.address} is in the capture, which may show one direction only; but an answer that reached ${asker.address} would have ended the repeats.`;
}

/** The responder's SPI stands in the message: a sniffer on its way would have seen the answer that told it. */
function hasBeenAnswered({ message }: Transmission): boolean {
  return message.header.responderSpi !== ZERO_SPI;
}

function isHeard(context: TunnelContext, { address }: Endpoint): boolean {
  const end = canonicalOf(context.tunnel, address);
  return isSeen(context, end) || sendsEspAfter(context, end, -Infinity);
}

/** A later message of the asker in that IKE SA, or ESP on an SPI that is new: it has had its answer. */
function wentOn(context: TunnelContext, setup: Setup, asked: Exchange, asker: Endpoint): boolean {
  const { sa } = setup;
  const { tunnel } = context;
  const isOwn = ownStreamsOf(context, setup);
  const since = firstTimeOf(asked.request);
  return (
    sa.exchanges.some(
      (other) => other !== asked && other.startedBy === asked.startedBy && firstTimeOf(other.request) > since,
    ) ||
    tunnel.streams.some(
      (stream) =>
        stream.firstTime > since &&
        stream.firstSequence <= FIRST_NUMBERS &&
        canonicalOf(tunnel, stream.source) === asker.address &&
        isOwn(stream),
    )
  );
}
