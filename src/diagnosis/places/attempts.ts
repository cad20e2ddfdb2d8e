import { frameCapture } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { Exchange, KeptIkeSa, KeptTunnel, Place, Sighting, Transmission } from "../../session/model.js";

/**
 * The tunnel with each attempt of a message counted once, if several files were read one by one. Copies of a message are told by their
 * bytes and the time between them; where a file cuts packets, or the way takes long, those of another place looked like attempts.
 */
export function withAttemptsOfOnePlace(kept: KeptTunnel, places: readonly Place[]): KeptTunnel {
  const captures = new Set(places.flatMap(({ segment, capture }) => (segment === null ? [capture] : [])));
  if (captures.size < 2) return kept;
  return { ...kept, ikeSas: kept.ikeSas.map((sa) => recounted(sa, captures)) };
}

/** A message takes less time from one place to another, and no daemon sends it again so soon; microseconds. */
const UNDER_WAY_US: Micros = 400_000;

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
    tellsOfRedirect: sa.tellsOfRedirect,
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

/**
 * The attempts that the place has which saw most of them, and those of another one that are no copies of them: it was not recording
 * then, or lost them, or they were told for copies already, and only one of each is left.
 */
function counted(message: Transmission, captures: ReadonlySet<number>): Transmission {
  const { sightings, tries } = message;
  if (tries < 2) return message;
  const byCapture = new Map<number, Sighting[]>();
  for (const sighting of sightings) {
    const capture = frameCapture(sighting.frames[0] ?? 0);
    if (!captures.has(capture)) return message;
    const seen = byCapture.get(capture);
    if (seen === undefined) byCapture.set(capture, [sighting]);
    else seen.push(sighting);
  }
  if (byCapture.size < 2) return message;
  const all = [...byCapture.values()];
  const most = Math.max(
    ...all.map((own) => {
      const others = all.filter((seen) => seen !== own);
      return attemptsIn(own) + Math.max(...others.map((seen) => attemptsIn(withoutCopies(seen, own))));
    }),
  );
  return most < tries ? { ...message, tries: most } : message;
}

/** The count of that fragment of a message which was seen most often. */
function attemptsIn(seen: readonly Sighting[]): number {
  const counts = new Map<number, number>();
  for (const { fragment } of seen) counts.set(fragment, (counts.get(fragment) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Those of `seen` that have none in `own` so near in time that both may be one packet on its way; both in order of time. */
function withoutCopies(seen: readonly Sighting[], own: readonly Sighting[]): Sighting[] {
  const open = [...own];
  return seen.filter(({ time, fragment }) => {
    const at = open.findIndex(
      (one) => one.fragment === fragment && Math.abs(one.time - time) <= UNDER_WAY_US,
    );
    if (at !== -1) open.splice(at, 1);
    return at === -1;
  });
}
