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
import { isNearGivingUp, isOutage, isStillRepeated } from "./long-asked.js";
import { isSeen, sendsEspAfter } from "./peer-heard.js";
import { silenceAfter } from "./silence.js";

/** Two packets of a side that is heard may be lost on the way; a third attempt after so long shows that no answer came. */
const ATTEMPTS = { least: 3, within: 5_000_000, many: 4, withinMany: 3_000_000 } as const;
/**
 * Whether a request is repeated until the capture ends, is given up for a new IKE SA, though the capture holds no IKE
 * message of the side that is asked. It may show one direction only, or IKE may take another way than ESP; but who has an answer neither
 * repeats the request nor stops there. Beside ESP of that side it is a warning only, which so many attempts earn whatever became of the
 * last one.
 */
export function isRepeatedUnheard(context: TunnelContext, setup: Setup, exchange: Exchange): boolean {
  const { request, response, expectsResponse, startedBy } = exchange;
  const last = lastSighting(request);
  if (request === null || last === undefined || response !== null || !expectsResponse) return false;
  if (last.transport === "tcp" || !hasBeenAnswered(request)) return false;
  const [asker, silent] = endsOf(setup.sa, startedBy);
  if (isSeen(context, canonicalOf(context.tunnel, silent.address))) return false;
  if (wentOn(context, setup, exchange, asker)) return false;
  const silence = silenceAfter(context, last);
  const waited = last.time - firstTimeOf(request) + silence;
  const isLong =
    (request.tries >= ATTEMPTS.least && waited >= ATTEMPTS.within && !sendsEsp(context, silent)) ||
    (request.tries >= ATTEMPTS.many && waited >= ATTEMPTS.withinMany);
  return (
    isLong &&
    ((isOutage(request) && sendsEsp(context, silent)) ||
      isStillRepeated(context, request) ||
      beginsAnewAt(context, setup, last.time, asker.address) !== null)
  );
}

/**
 * The rival "only one direction was captured" of a request to a side of which the capture holds no IKE message; null where it holds one, or
 * where the request is repeated for so long, and still is, that an answer to the last attempt would come too late.
 */
export function onlyOneDirection(context: TunnelContext, request: Transmission): Rival | null {
  const silent = request.sightings[0]?.destination;
  if (silent === undefined || !hasBeenAnswered(request)) return null;
  if (isSeen(context, canonicalOf(context.tunnel, silent.address))) return null;
  if (isNearGivingUp(request) && isStillRepeated(context, request)) return null;
  return {
    code: "capture-one-direction",
    separatedBy: sendsEsp(context, silent)
      ? say`a capture of both directions of IKE: it holds ESP of ${silent.address} and no IKE message, so an answer to the last attempt would not be in it if it took another way`
      : say`a capture of both directions: it holds no packet of ${silent.address}, so an answer to the last attempt would not be in it`,
  };
}

/** The reason why repeats show a fault though no IKE message of the side that is asked was captured. */
export function unheardText(context: TunnelContext, asker: Endpoint, silent: Endpoint): Message {
  if (sendsEsp(context, silent)) {
    return say`No IKE message of ${silent.address} is in the capture, which may show one direction of IKE only; but an answer that reached ${asker.address} would have ended the repeats.`;
  }
  return say`No packet of ${silent.address} is in the capture, which may show one direction only; but an answer that reached ${asker.address} would have ended the repeats.`;
}

/** The responder's SPI stands in the message: a sniffer on its way would have seen the answer that told it. */
function hasBeenAnswered({ message }: Transmission): boolean {
  return message.header.responderSpi !== ZERO_SPI;
}

function sendsEsp(context: TunnelContext, { address }: Endpoint): boolean {
  return sendsEspAfter(context, canonicalOf(context.tunnel, address), -Infinity);
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
