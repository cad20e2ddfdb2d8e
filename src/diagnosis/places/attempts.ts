import { frameCapture } from "../../bytes/frame.js";
import type { Exchange, KeptIkeSa, KeptTunnel, Place, Transmission } from "../../session/model.js";

/**
 * The tunnel with each attempt of a message counted once, if several files were read one by one. Copies of a message are told by their
 * bytes and the time between them; where a file cuts packets, or the way takes long, those of another place looked like attempts.
 */
export function withAttemptsOfOnePlace(kept: KeptTunnel, places: readonly Place[]): KeptTunnel {
  const captures = new Set(places.filter(({ segment }) => segment === null).map(({ capture }) => capture));
  if (captures.size < 2) return kept;
  return { ...kept, ikeSas: kept.ikeSas.map((sa) => recounted(sa, captures)) };
}

/** The packed IKE SA, which after the reading grows no more. */
function recounted(sa: KeptIkeSa, captures: ReadonlySet<number>): KeptIkeSa {
  const { id, majorVersion, initiatorSpi, responderSpi, initiator, responder, startSeen, rolesProven } = sa;
  const { unkept, unkeptChecks, unkeptAnswers, unkeptSpan, firstTime, lastTime, traces } = sa;
  return {
    id,
    majorVersion,
    initiatorSpi,
    responderSpi,
    initiator,
    responder,
    startSeen,
    rolesProven,
    unkept,
    unkeptChecks,
    unkeptAnswers,
    unkeptSpan,
    firstTime,
    lastTime,
    traces,
    get facts() {
      return sa.facts;
    },
    open: () => {
      const opened = sa.open();
      return { ...opened, exchanges: opened.exchanges.map((exchange) => ofOnePlace(exchange, captures)) };
    },
  };
}

function ofOnePlace(exchange: Exchange, captures: ReadonlySet<number>): Exchange {
  const { request, response } = exchange;
  const [asked, answered] = [request, response].map((one) => one && counted(one, captures));
  return asked === request && answered === response
    ? exchange
    : { ...exchange, request: asked ?? null, response: answered ?? null };
}

/** The attempts that the place has which saw most of them. */
function counted(message: Transmission, captures: ReadonlySet<number>): Transmission {
  const { sightings, tries } = message;
  if (tries < 2) return message;
  const whole = new Map<number, Map<number, number>>();
  for (const { frames, fragment } of sightings) {
    const capture = frameCapture(frames[0] ?? 0);
    if (!captures.has(capture)) return message;
    const seen = whole.get(capture) ?? new Map<number, number>();
    whole.set(capture, seen.set(fragment, (seen.get(fragment) ?? 0) + 1));
  }
  if (whole.size < 2) return message;
  const most = Math.max(...[...whole.values()].flatMap((seen) => [...seen.values()]));
  return most < tries ? { ...message, tries: most } : message;
}
