import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Endpoint, Exchange, Transmission } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstTimeOf, lastTimeOf, sightingsOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { canonicalOf } from "../sides.js";
import { sendsEspAfter } from "../silence/peer-heard.js";
import { staysUnanswered } from "../silence/silence.js";
import { isFinishedQuickMode, refusalOf } from "./refused-quick-mode.js";

/** A quick mode that is never answered beside others of the same IKE SA that are. */
export interface FurtherQuickMode {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly request: Transmission;
  readonly asker: Endpoint;
  readonly silent: Endpoint;
}

/** A sniffer may drop an answer and its repeat; the third try that it sees proves that the asker got none. */
const LEAST_TRIES = 3;

/** Both sides may ask for the same Child SA at once, and one of the two quick modes is left. */
const AT_ONCE: Micros = 10_000_000;

/**
 * The quick modes of IKE SAs with a Child SA that the other side never answers, though its packets still come; in order of time. What
 * was asked for again, or by the other side, and answered then is none, nor what new SPIs show to be made.
 */
export function furtherQuickModes(context: TunnelContext): FurtherQuickMode[] {
  return context.setups.flatMap((setup) => {
    if (setup.sa.majorVersion !== 1 || setup.progress.state !== "up") return [];
    return setup.progress.quick.flatMap((exchange) => {
      const { request, step } = exchange;
      if (request === null || step !== 1 || request.tries < LEAST_TRIES) return [];
      if (!staysUnanswered(exchange, context) || isFinishedQuickMode(setup, exchange)) return [];
      const [asker, silent] = endsOf(setup.sa, exchange.startedBy);
      const isOpen =
        refusalOf(setup, exchange) === undefined &&
        isHeardAfter(context, silent, lastTimeOf(request)) &&
        !isMadeElsewhere(context, exchange) &&
        !isMadeUnseen(context, setup, firstTimeOf(request));
      return isOpen ? [{ setup, exchange, request, asker, silent }] : [];
    });
  });
}

/** A side that is gone answers nothing: then the quick mode is not what fails. */
function isHeardAfter(context: TunnelContext, { address }: Endpoint, time: Micros): boolean {
  return (
    sendsEspAfter(context, address, time) ||
    context.setups.some(({ sa }) =>
      sightingsOf(sa).some(
        ({ source, time: at }) => at > time && canonicalOf(context.tunnel, source.address) === address,
      ),
    )
  );
}

/** A quick mode of the same length that is answered later, or one of the other side meanwhile. */
function isMadeElsewhere(context: TunnelContext, asked: Exchange): boolean {
  const [askedAt, askedLast] = [firstTimeOf(asked.request), lastTimeOf(asked.request)];
  const bytes = asked.request?.message.header.length;
  return context.setups.some(({ progress }) =>
    progress.quick.some((other) => {
      if (other.step !== 1 || other.response === null) return false;
      const at = firstTimeOf(other.response);
      return other.startedBy === asked.startedBy
        ? at > askedAt && other.request?.message.header.length === bytes
        : at > askedAt - AT_ONCE && at < askedLast + AT_ONCE;
    }),
  );
}

/** Both sides send on more new SPIs than quick modes were answered that have had no traffic: one of them is that of `time`. */
function isMadeUnseen(context: TunnelContext, setup: Setup, time: Micros): boolean {
  const { tunnel, setups } = context;
  const isOwn = ownStreamsOf(context, setup);
  const made = setups
    .flatMap(({ progress }) => progress.quick)
    .filter(({ response, step }) => {
      return step === 1 && response !== null;
    });
  return [setup.sa.initiator.address, setup.sa.responder.address].every((address) => {
    const own = tunnel.streams.filter(
      (stream) => isOwn(stream) && canonicalOf(tunnel, stream.source) === address,
    );
    const used = spisOf(own.filter(({ firstTime }) => firstTime <= time));
    const born = [...spisOf(own)].filter((spi) => !used.has(spi));
    return born.length > Math.max(0, made.length - used.size);
  });
}

function spisOf(streams: readonly EspStream[]): Set<number> {
  return new Set(streams.map(({ spi }) => spi));
}
